"""Every way into the library passes by the same rule: forms, imports, a line of code."""

import json

from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from wagtail.models import Collection, UploadedFile
from wagtail.users.models import UserProfile

import pytest
from bs4 import BeautifulSoup

from home.models import CustomDocument, CustomImage
from site_enys.uploads.documents import DocumentRefused
from site_enys.uploads.pictures import PictureRefused
from tests.site_enys.uploads import files

pytestmark = pytest.mark.django_db

SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
#: address, name of the field of the file, other fields
IMAGE_FORMS = {
    "/admin/images/add/": "file",
    "/admin/images/multiple/add/": "files[]",
    "/admin/images/chooser/create/": "image-chooser-upload-file",
}
DOCUMENT_FORMS = {
    "/admin/documents/add/": "file",
    "/admin/documents/multiple/add/": "files[]",
    "/admin/documents/chooser/create/": "document-chooser-upload-file",
}


def send(client, url, field, data, name):
    prefix = field.removesuffix("file") if field.endswith("-file") else ""
    fields = {
        f"{prefix}title": "Une équipe",
        f"{prefix}collection": Collection.get_first_root_node().pk,
        field: SimpleUploadedFile(name, data),
    }
    return client.post(url, fields, headers={"X-Requested-With": "XMLHttpRequest"})


def said(response):
    """The page, or the JSON of the multiple upload, as a person reads them."""
    text = response.content.decode()
    if text.startswith("{"):
        text = json.dumps(json.loads(text), ensure_ascii=False)
    return text.replace("&nbsp;", "\u00a0")


def stored(instance):
    with instance.file.open("rb") as file:
        return file.read()


@pytest.mark.parametrize(("url", "field"), IMAGE_FORMS.items())
def test_each_form_of_images_keeps_what_is_seen_and_nothing_else(log_in, url, field):
    response = send(log_in("redaction"), url, field, files.picture(orientation=6), "équipe.jpg")

    image = CustomImage.objects.get()
    assert response.status_code in {200, 302}
    assert files.SECRET not in stored(image)
    assert (image.width, image.height) == (40, 60)
    assert image.file_size == len(stored(image))


def described_at_once(staff, answer, **words):
    """What the form that follows the sending of several files says, once filled in and sent."""
    form = BeautifulSoup(answer.json()["form"], "html.parser").form
    names = {field["name"] for field in form.select("input, select, textarea")}
    prefix = next(name for name in names if name.endswith("-title")).removesuffix("title")
    collection = {f"{prefix}collection": Collection.get_first_root_node().pk}
    typed = collection | {prefix + name: value for name, value in words.items()}

    assert prefix + "file" not in names
    return staff.post(form["action"], typed, headers={"X-Requested-With": "XMLHttpRequest"}).json()


def test_a_picture_is_described_just_after_it_was_sent(log_in):
    staff = log_in("redaction")
    url = "/admin/images/multiple/add/"
    answer = send(staff, url, "files[]", files.picture(), "équipe.jpg")

    done = described_at_once(staff, answer, title="La réunion", description="Trois personnes")

    assert done["success"] is True
    image = CustomImage.objects.get()
    assert (image.title, image.description) == ("La réunion", "Trois personnes")


def test_a_document_is_described_just_after_it_was_sent(log_in):
    staff = log_in("redaction")
    url = "/admin/documents/multiple/add/"
    answer = send(staff, url, "files[]", b"Bonjour", "notice.txt")

    done = described_at_once(staff, answer, title="La notice")

    assert done["success"] is True
    assert CustomDocument.objects.get().title == "La notice"


@pytest.mark.parametrize("form", IMAGE_FORMS.items(), ids=IMAGE_FORMS)
@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (SVG, "a.svg", "Un dessin SVG peut contenir un programme"),
        (SVG, "a.png", "Un dessin SVG peut contenir un programme"),
        (b"\x00\x00\x00\x18ftypheic" + bytes(20), "a.heic", "photographies HEIC"),
        (files.png_announcing(60_000, 60_000), "a.png", "40\u00a0millions de points"),
        (files.webp_announcing(16_000, 16_000), "a.webp", "40\u00a0millions de points"),
        (files.picture()[:100], "a.jpg", "abîmée ou incomplète"),
    ],
    ids=["svg", "svg named png", "heic", "bomb", "webp bomb", "cut"],
)
def test_each_form_of_images_refuses_with_a_sentence(log_in, form, data, name, sentence):
    response = send(log_in("redaction"), *form, data, name)

    assert response.status_code == 200
    assert sentence in said(response)
    assert not CustomImage.objects.exists()


def test_a_picture_that_replaces_another_is_cleaned_too(log_in):
    client = log_in("redaction")
    send(client, "/admin/images/add/", "file", files.picture(), "a.jpg")
    image = CustomImage.objects.get()

    response = send(client, f"/admin/images/{image.pk}/", "file", files.picture("PNG"), "b.png")

    image.refresh_from_db()
    assert response.status_code == 302
    assert image.file.name.endswith(".png")
    assert files.SECRET not in stored(image)


def test_a_title_alone_leaves_the_file_as_it_is(log_in):
    client = log_in("redaction")
    send(client, "/admin/images/add/", "file", files.picture(), "a.jpg")
    image = CustomImage.objects.get()
    before = stored(image)

    client.post(f"/admin/images/{image.pk}/", {"title": "Autre", "collection": 1})

    image.refresh_from_db()
    assert (image.title, stored(image)) == ("Autre", before)


def test_a_line_of_code_passes_by_the_rule_too():
    image = CustomImage(title="a", file=ContentFile(files.picture(orientation=6), name="a.jpg"))
    image.save()
    other = CustomImage(title="b")
    other.file.save("b.jpg", ContentFile(files.picture()), save=True)

    assert files.SECRET not in stored(image) + stored(other)
    assert (image.width, image.height) == (40, 60)
    with pytest.raises(PictureRefused), transaction.atomic():
        CustomImage(title="c", file=ContentFile(SVG, name="c.svg")).save()
    with pytest.raises(DocumentRefused), transaction.atomic():
        CustomDocument(title="c", file=ContentFile(SVG, name="c.pdf")).save()


@pytest.mark.parametrize(("kind", "extension"), [(CustomImage, "jpg"), (CustomDocument, "txt")])
def test_what_waits_for_its_title_is_cleaned_and_named(kind, extension):
    data = files.picture() if kind is CustomImage else b"Bonjour"

    waiting = UploadedFile.objects.create(
        for_content_type=ContentType.objects.get_for_model(kind),
        file=ContentFile(data, name=f"a.{extension}"),
    )

    assert files.SECRET not in stored(waiting)


def test_the_picture_of_an_account_is_cleaned(log_in):
    client = log_in("redaction")
    page = client.get("/admin/account/")
    form = {
        field.html_name: field.value() or ""
        for panels in page.context["panels_by_tab"].values()
        for panel in panels
        for field in panel.get_form()
        if field.html_name != "avatar-avatar"
    }

    client.post(
        "/admin/account/",
        form | {"avatar-avatar": SimpleUploadedFile("a.jpg", files.picture(orientation=6))},
    )

    with client.user.wagtail_userprofile.avatar.open("rb") as avatar:
        assert files.SECRET not in avatar.read()
    refused = client.post(
        "/admin/account/", form | {"avatar-avatar": SimpleUploadedFile("a.svg", SVG)}
    )
    profile = UserProfile.objects.get(user=client.user)
    assert refused.status_code == 200
    assert profile.avatar.name.endswith("_a.jpg")


# -- Documents ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("url", "field"), DOCUMENT_FORMS.items())
def test_each_form_of_documents_takes_a_text_and_refuses_a_program(log_in, url, field):
    client = log_in("redaction")

    refused = send(
        client, url, field, files.office("docx", {"word/vbaProject.bin": b"x"}), "a.docx"
    )
    assert not CustomDocument.objects.exists()
    send(client, url, field, "Déjà".encode(), "a.txt")

    assert refused.status_code == 200
    assert "contient un programme" in said(refused)
    assert stored(CustomDocument.objects.get()) == "Déjà".encode()


@pytest.mark.parametrize(("name", "data"), [("a.txt", b"Bonjour"), ("a.docx", files.docx())])
def test_a_document_leaves_as_an_attachment_that_runs_nothing(client, name, data):
    document = CustomDocument(title="a", file=ContentFile(data, name=name))
    document.save()

    response = client.get(document.url)

    assert b"".join(response.streaming_content) == data
    response.close()
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert "sandbox" in response["Content-Security-Policy"]
