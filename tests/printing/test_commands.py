from __future__ import annotations

from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from printing.__main__ import main
from printing.samples import SLIPS
from printing.thermal.profiles import profile_names


@pytest.mark.parametrize("profile", profile_names())
@pytest.mark.parametrize("name", sorted(SLIPS))
def test_every_sample_prints_on_every_head(name: str, profile: str, tmp_path: Path) -> None:
    files = ["--to", str(tmp_path / "slip.bin"), "--png", str(tmp_path / "slip.png")]
    assert main(["sample", name, "--profile", profile, *files]) == 0
    assert (tmp_path / "slip.bin").stat().st_size > 500
    with Image.open(tmp_path / "slip.png") as picture:
        assert picture.width in (384, 576)


@pytest.mark.parametrize("profile", ["generic-58", "generic-80"])
def test_the_qr_on_the_paper_reads_back(profile: str, tmp_path: Path) -> None:
    files = ["--to", str(tmp_path / "slip.bin"), "--png", str(tmp_path / "slip.png")]
    main(["sample", "receipt", "--profile", profile, *files])
    with Image.open(tmp_path / "slip.png") as picture:
        (code,) = zxingcpp.read_barcodes(picture.convert("L"))
    assert code.text == "H36.15-261123-2007"
