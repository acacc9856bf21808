"""Which BLAS a process multiplies matrices with, and how fast it is."""

from __future__ import annotations

import ctypes
import os
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

size = 1024
# The reference implementation reaches 2 to 4 GFLOP/s on a core, optimised ones more than 30.
slowest_optimised = 10.0
# Symbols of OpenBLAS carry prefixes and suffixes where a wheel brings it along.
spellings = ("{}", "{}64_", "scipy_{}", "scipy_{}64_")


def description(product: Callable[[], object], configuration: str = "") -> dict[str, Any]:
    """Name, kernel and GFLOP/s of `product`, which multiplies two 1024x1024 matrices of float32.

    `configuration` is what the library says of itself, since one linked into it shows nowhere else.
    """
    gflops = speed(product)
    name, kernel, reference = identity(configuration)
    if reference is None:
        reference = gflops < slowest_optimised * threads()
    return {"name": name, "kernel": kernel, "gflops": gflops, "reference": reference}


def threads() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def speed(product: Callable[[], object]) -> float:
    """The best of what fits into a second, in GFLOP/s."""
    product()
    best = seconds(product)
    end = time.perf_counter() + 1
    while time.perf_counter() < end:
        best = min(best, seconds(product))
    return 2 * size**3 / best / 1e9


def seconds(product: Callable[[], object]) -> float:
    started = time.perf_counter()
    product()
    return time.perf_counter() - started


def identity(configuration: str) -> tuple[str, str | None, bool | None]:
    """Name, kernel, and whether it is the reference implementation; None where only its speed can tell."""
    mkl = re.search(r"Math Kernel Library Version [\d.]+", configuration)
    if mkl:
        return f"Intel {mkl[0]}", None, False
    paths = loaded()
    for path in paths:
        found = openblas(path)
        if found:
            return (*found, False)
    for path in paths:
        if re.search("mkl|blis|atlas", path, re.IGNORECASE):
            return path, None, False
    for path in paths:
        if Path(path).name.startswith("libblas.so"):
            return f"reference BLAS ({path})", None, True
    return "unknown BLAS", None, None


def loaded() -> list[str]:
    """Libraries of linear algebra that this process has loaded."""
    maps = Path("/proc/self/maps")
    if not maps.exists():
        return []
    paths = {line.split()[-1] for line in maps.read_text().splitlines()}
    return sorted(path for path in paths if re.search(r"(blas|mkl|blis|atlas)[^/]*\.so", path))


def openblas(path: str) -> tuple[str, str | None] | None:
    """Name and kernel, where the library is OpenBLAS."""
    library = ctypes.CDLL(path)
    configuration = text(library, "openblas_get_config")
    if configuration is None:
        return None
    return " ".join(configuration.split()[:2]), text(library, "openblas_get_corename")


def text(library: ctypes.CDLL, function: str) -> str | None:
    for spelling in spellings:
        symbol = getattr(library, spelling.format(function), None)
        if symbol is not None:
            symbol.restype = ctypes.c_char_p
            return symbol().decode()
    return None
