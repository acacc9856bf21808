"""NumPy as the library of a peer."""

from __future__ import annotations

import platform

import blas
import numpy as np
from serve import Library

a, b = np.random.default_rng(0).normal(size=(2, blas.size, blas.size)).astype(np.float32)

library = Library(
    name=f"numpy {np.__version__}, Python {platform.python_version()}",
    configuration="",
    product=lambda: a @ b,
)
