"""What exiftool finds in a picture beyond the picture itself."""

import json
import subprocess

# Everything that tells about pixels and the file as it lies on this disk. Whatever else a program
# writes into a picture counts as metadata.
GROUPS = {"SourceFile", "ExifTool", "File", "RIFF", "JFIF", "QuickTime", "Composite"}
TAGS = set(
    """
    SourceFile ExifToolVersion FileName Directory FileSize FileModifyDate FileAccessDate
    FileInodeChangeDate FilePermissions FileType FileTypeExtension MIMEType ImageWidth ImageHeight
    ImageSize Megapixels EncodingProcess BitsPerSample ColorComponents YCbCrSubSampling
    JFIFVersion ResolutionUnit XResolution YResolution
    VP8Version HorizontalScale VerticalScale
    MajorBrand MinorVersion CompatibleBrands HandlerType PrimaryItemReference ImageSpatialExtent
    ImagePixelDepth AV1ConfigurationVersion SeqProfile SeqLevelIdx0 SeqTier0 HighBitDepth TwelveBit
    InitialDelaySamples MediaData ChromaFormat ChromaSamplePosition ColorProfiles
    ColorPrimaries TransferCharacteristics MatrixCoefficients MediaDataSize MediaDataOffset
    """.split()
)


def told(*paths):
    """Everything exiftool says about these files: a list of {"Group:Tag": value}."""
    answer = subprocess.run(
        ["exiftool", "-json", "-G", "-a", "-u", "-ee", "-@", "-"],
        input="\n".join(map(str, paths)),
        capture_output=True,
        text=True,
    )
    return json.loads(answer.stdout)


def metadata(*paths):
    """What is in these files beside pixels: {"name: Group:Tag": value}; empty is good."""
    found = {}
    answers = told(*paths)
    assert len(answers) == len(paths)
    for answer in answers:
        for key, value in answer.items():
            group, _, tag = key.rpartition(":")
            if (group or key) not in GROUPS or tag not in TAGS:
                found[f"{answer['SourceFile']}: {key}"] = value
    return found
