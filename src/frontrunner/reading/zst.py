"""Zstandard frames as a stream. Apart from the rest, because the package it needs may be missing."""

import io
from typing import IO

import zstandard

#: Bytes fed at a time: even a frame of nothing but repeats then gives out at most 128 MiB at once.
_FEED = 4096
#: Memory that a frame may ask for.
_WINDOW = 128 << 20


def stream(file: IO[bytes]) -> IO[bytes]:
    """The decompressed bytes of one or more frames; raises EOFError when the last one is cut short, else OSError."""
    return io.BufferedReader(_Frames(file))


class _Frames(io.RawIOBase):
    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._new = zstandard.ZstdDecompressor(max_window_size=_WINDOW).decompressobj
        self._frame: zstandard.ZstdDecompressionObj | None = None
        self._fed, self._out = b"", b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # typeshed wants any buffer
        while not self._out:
            if not self._step():
                return 0
        count = min(len(buffer), len(self._out))
        buffer[:count], self._out = self._out[:count], self._out[count:]
        return count

    def _step(self) -> bool:
        fed = self._fed or self._file.read(_FEED)
        if not fed:
            if self._frame is not None:
                raise EOFError("the last frame is cut short")
            return False
        frame = self._frame or self._new()
        try:
            self._out = frame.decompress(fed)
        except zstandard.ZstdError as error:
            raise OSError(str(error)) from error
        self._fed = frame.unused_data if frame.eof else b""
        self._frame = None if frame.eof else frame
        return True

    def close(self) -> None:
        self._file.close()
        super().close()
