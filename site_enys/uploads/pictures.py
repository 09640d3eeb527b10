"""One rule for the pictures that the site keeps, whoever sends them.

A picture is judged by its first bytes and its announced size before it is decoded, then drawn anew:
what remains is what can be seen. Place and day of the photograph, camera, author, comments,
thumbnails and whatever was hidden behind the last point do not come along. Colours keep their
profile, and a photograph taken sideways is turned.
"""

import io
import struct
import warnings
from collections.abc import Callable
from pathlib import PurePath
from typing import Any

from django.core.files.base import File
from django.core.files.uploadedfile import SimpleUploadedFile

from PIL import Image, ImageCms, ImageOps, ImageSequence, JpegImagePlugin

from site_enys.exceptions import Refused

MEGABYTE = 1024 * 1024
LARGEST = 10 * MEGABYTE
#: Points, over all the frames of an animation: about 160 MB of memory.
MOST_PIXELS = 40_000_000
MOST_FRAMES = 500
LARGEST_PROFILE = 2 * MEGABYTE
# Whatever else of the site, or of Wagtail, opens a picture meets the same limit.
Image.MAX_IMAGE_PIXELS = MOST_PIXELS

#: Format of Pillow → extensions of the name; the first is the one we give.
EXTENSIONS = {
    "JPEG": (".jpg", ".jpeg"),
    "PNG": (".png",),
    "WEBP": (".webp",),
    "AVIF": (".avif",),
    "GIF": (".gif",),
}
HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}

REFUSALS = {
    "empty": "Ce fichier est vide\u00a0: vérifiez qu’il s’ouvre sur votre appareil.",
    "size": "Cette image dépasse 10\u00a0Mo\u00a0: enregistrez-la en plus petit.",
    "svg": "Un dessin SVG peut contenir un programme\u00a0: exportez-le en PNG.",
    "heic": "Beaucoup de navigateurs n’affichent pas les photographies HEIC\u00a0: exportez "
    "celle-ci en JPEG.",
    "kind": "Ce fichier n’est pas une image JPEG, PNG, WebP, AVIF ou GIF.",
    "extension": "Ce fichier s’appelle «\u00a0{given}\u00a0», mais c’est une image "
    "{kind}\u00a0: donnez-lui un nom en {wanted}.",
    "pixels": "Cette image compte plus de 40\u00a0millions de points, ses vues comprises\u00a0: "
    "réduisez-la.",
    "frames": f"Cette animation compte plus de {MOST_FRAMES}\u00a0vues\u00a0: raccourcissez-la.",
    "broken": "Cette image est abîmée ou incomplète\u00a0: enregistrez-la de nouveau.",
}


class PictureRefused(Refused):
    """The file is not a picture that we keep; the sentence says what to do."""

    field = "file"

    def __init__(self, code: str, **facts: str) -> None:
        self.code = code
        super().__init__(REFUSALS[code].format(**facts))


class CleanPicture(SimpleUploadedFile):
    """A picture drawn anew: it need not be cleaned again."""


def cleaned(upload: File) -> CleanPicture:
    """Return the picture without anything but what it shows. Raises PictureRefused."""
    if isinstance(upload, CleanPicture):
        return upload
    if upload.size > LARGEST:
        raise PictureRefused("size")
    upload.seek(0)
    data = upload.read(LARGEST + 1)
    kind = kind_of(data)
    name = PurePath((upload.name or "image").replace("\\", "/")).name
    if PurePath(name).suffix.lower() not in EXTENSIONS[kind]:
        given, wanted = PurePath(name).suffix or name, EXTENSIONS[kind][0]
        raise PictureRefused("extension", given=given[:20], kind=kind, wanted=wanted)
    return CleanPicture(name, drawn_anew(data, kind), f"image/{kind.lower()}")


def kind_of(data: bytes) -> str:
    """The format of a picture by its first bytes. Raises PictureRefused."""
    if not data:
        raise PictureRefused("empty")
    if data[:3] == b"\xff\xd8\xff":
        return "JPEG"
    if data[:8] == b"\x89PNG\r\n\x1a\n":
        return "PNG"
    if data[:6] in {b"GIF87a", b"GIF89a"}:
        return "GIF"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    if data[4:8] == b"ftyp" and data[8:12] in {b"avif", b"avis"}:
        return "AVIF"
    if data[4:8] == b"ftyp" and data[8:12] in HEIC_BRANDS:
        raise PictureRefused("heic")
    raise PictureRefused("svg" if b"<svg" in data[:4096].lower() else "kind")


def refuse_unless_whole(data: bytes) -> None:
    """For a proof, kept as it was sent: it opens to its last point. Raises PictureRefused."""
    drawn_anew(data, kind_of(data))


def drawn_anew(data: bytes, kind: str) -> bytes:
    """The same picture, decoded and written again. Raises PictureRefused."""
    refuse_unless_decodable(data, kind)
    try:
        with warnings.catch_warnings(), Image.open(io.BytesIO(data), formats=[kind]) as picture:
            warnings.simplefilter("ignore")  # of the library, about details of damaged files
            return _WRITERS[kind](picture)
    except PictureRefused:
        raise
    except MemoryError:
        raise PictureRefused("pixels") from None
    except Exception as broken:  # the decoders raise anything at all on a damaged file
        raise PictureRefused("broken") from broken


def refuse_unless_decodable(data: bytes, kind: str) -> None:
    """Read the announced size, and nothing of the points. Raises PictureRefused."""
    if kind == "WEBP" and _webp_canvas(data) > MOST_PIXELS:
        raise PictureRefused("pixels")  # the decoder takes its memory as soon as it opens
    try:
        with Image.open(io.BytesIO(data), formats=[kind]) as picture:
            (width, height), frames = picture.size, _announced_frames(picture)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError):
        raise PictureRefused("pixels") from None
    except Exception as broken:
        raise PictureRefused("broken") from broken
    if not width * height:
        raise PictureRefused("broken")
    if frames > MOST_FRAMES:
        raise PictureRefused("frames")
    if width * height * frames > MOST_PIXELS:
        raise PictureRefused("pixels")


def _announced_frames(picture: Image.Image) -> int:
    """How many frames there are, as far as that is known without decoding; a GIF does not say."""
    if picture.format in {"GIF", "JPEG", "MPO"}:
        return 1
    return getattr(picture, "n_frames", 1)


def _webp_canvas(data: bytes) -> int:
    """The points of a canvas of the extended format; the simple one has 268 millions at most."""
    if data[12:16] != b"VP8X" or len(data) < 30:
        return 0
    width, height = (int.from_bytes(data[place : place + 3], "little") + 1 for place in (24, 27))
    return width * height


# -- Writing ------------------------------------------------------------------------------------


def _jpeg(picture: Any) -> bytes:
    tables, sampling = picture.quantization, JpegImagePlugin.get_sampling(picture)
    still = _upright(picture)
    if still.mode not in {"L", "RGB"}:
        still = _in_rgb(still)
        tables, sampling = None, -1
    options: dict[str, Any] = {"progressive": True, "icc_profile": _profile(still)}
    # The tables of the original: writing it again then loses next to nothing.
    options |= {"qtables": tables} if tables else {"quality": 92}
    options |= {"subsampling": sampling} if sampling >= 0 else {}
    return _written(_bare(still), "JPEG", **options)


def _png(picture: Any) -> bytes:
    return _still_or_moving(picture, "PNG", {"icc_profile": _profile(picture)})


def _webp(picture: Any) -> bytes:
    lossless = b"VP8L" in picture.fp.getvalue()[:64] if hasattr(picture.fp, "getvalue") else False
    options = {"icc_profile": _profile(picture), "quality": 90, "lossless": lossless}
    return _still_or_moving(picture, "WEBP", options)


def _avif(picture: Any) -> bytes:
    options = {"icc_profile": _profile(picture), "quality": 85, "speed": 8}
    return _still_or_moving(picture, "AVIF", options)


def _gif(picture: Any) -> bytes:
    return _still_or_moving(picture, "GIF", {})


_WRITERS: dict[str, Callable[[Any], bytes]] = {
    "JPEG": _jpeg,
    "PNG": _png,
    "WEBP": _webp,
    "AVIF": _avif,
    "GIF": _gif,
}


def _still_or_moving(picture: Any, kind: str, options: dict[str, Any]) -> bytes:
    frames, durations = _frames(picture)
    if len(frames) == 1:
        return _written(_bare(_upright(picture)), kind, **options)
    options |= {"save_all": True, "append_images": frames[1:], "duration": durations}
    if "loop" in picture.info:
        options["loop"] = picture.info["loop"]
    if kind == "GIF":
        options["disposal"] = 2
    return _written(frames[0], kind, **options)


def _frames(picture: Any) -> tuple[list[Image.Image], list[int]]:
    """Each frame as it is seen, and how long (milliseconds); counted as they come."""
    width, height = picture.size
    frames, durations = [], []
    for number, frame in enumerate(ImageSequence.Iterator(picture), start=1):
        if number > MOST_FRAMES:
            raise PictureRefused("frames")
        if number * width * height > MOST_PIXELS:
            raise PictureRefused("pixels")
        durations.append(int(frame.info.get("duration", 0)))
        frames.append(_bare(frame))
    picture.seek(0)
    return frames, durations


def _upright(picture: Any) -> Image.Image:
    """As the photographer held the camera: the orientation goes with the rest of EXIF."""
    picture.seek(0)
    picture.load()
    return ImageOps.exif_transpose(picture)


def _bare(picture: Image.Image) -> Image.Image:
    """The points and their transparency, and nothing that was written beside them."""
    bare = picture.copy()
    bare.info = {key: bare.info[key] for key in ("transparency",) if key in bare.info}
    return bare


def _profile(picture: Image.Image) -> bytes | None:
    profile = picture.info.get("icc_profile") or b""
    return profile if 0 < len(profile) <= LARGEST_PROFILE else None


def _in_rgb(picture: Image.Image) -> Image.Image:
    """Printers' colours become those of screens, through their profile when there is one."""
    profile = _profile(picture)
    if picture.mode == "CMYK" and profile:
        try:
            screen = ImageCms.createProfile("sRGB")
            converted = ImageCms.profileToProfile(
                picture, io.BytesIO(profile), screen, outputMode="RGB"
            )
        except (ImageCms.PyCMSError, OSError, struct.error):
            converted = None
        if converted is not None:
            return _bare(converted)
    return _bare(picture.convert("RGB"))


def _written(picture: Image.Image, kind: str, **options: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **{name: value for name, value in options.items() if value is not None})
    return out.getvalue()
