"""All eigenvectors of symmetric matrices by numpy.linalg.eigh.

Request: `file` (float64, row by row), `rows`. Answer: `seconds`.
"""

from __future__ import annotations

import time

import numpy as np
from serve import Answer, Request, serve
from with_numpy import library


def answer(request: Request) -> Answer:
    a = np.fromfile(request["file"]).reshape(request["rows"], -1)
    np.linalg.eigh(a[:100, :100])
    started = time.perf_counter()
    np.linalg.eigh(a)
    return {"seconds": time.perf_counter() - started}


if __name__ == "__main__":
    serve(answer, library)
