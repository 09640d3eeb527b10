"""What the room screen shows beside the code."""

import io

import segno


def room_qr(address: str) -> str:
    """The address as a QR code in SVG, without a size of its own: the screen gives it one."""
    drawn = io.BytesIO()
    segno.make(address, error="m").save(
        drawn, kind="svg", xmldecl=False, svgns=True, omitsize=True, border=2, dark="#0e3b47"
    )
    return drawn.getvalue().decode()
