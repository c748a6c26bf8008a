"""Writes the reference values that the tests of `net` compare with.

Needs `pip install ai-edge-litert numpy` and the nets (`npm ci --ignore-scripts --prefix models`).
Run it from the repository's root: `python crates/net/tests/reference/make.py`.

Each file `<net>.f32` holds the outputs of one net, in the file's order, as little-endian f32. Long
outputs are sampled: every `STEP`-th number from the first on. The attention net has operators that
only MediaPipe runs; `make_attention.py` writes its file.
"""

from pathlib import Path

import numpy as np

PACKAGES = Path("models/node_modules/@mediapipe")
HERE = Path(__file__).parent
PACKED = (PACKAGES / "face_mesh/face_mesh_solution_packed_assets.data").read_bytes()

NETS = {
    "detector_short_range": (
        (PACKAGES / "face_detection/face_detection_short_range.tflite").read_bytes(),
        (-1.0, 1.0),
    ),
    "detector_full_range": (
        (PACKAGES / "face_detection/face_detection_full_range_sparse.tflite").read_bytes(),
        (-1.0, 1.0),
    ),
    "landmark": (PACKED[2495952:3737848], (0.0, 1.0)),
}

# Outputs longer than this are sampled.
LONGEST = 4096
STEP = 7


def face(height, width):
    """A face-like drawing in bytes, from whole numbers only, so that it is the same everywhere.

    Discs on a wavy background: head, eyes, pupils, nose, mouth. (row, column, radii, colour) are
    in 1/64 of the picture.
    """
    picture = np.zeros((height, width, 3), np.int64)
    y, x = np.mgrid[0:height, 0:width].astype(np.int64)
    u, v = x * 64 * 16 // width, y * 64 * 16 // height
    for channel, (a, b) in enumerate([(3, 5), (7, 2), (4, 9)]):
        wave = (u * a + v * b) // 4 % 256
        picture[..., channel] = 96 + np.minimum(wave, 255 - wave) // 2
    discs = [
        (33, 32, 24, 18, (208, 160, 136)),
        (27, 25, 3, 5, (250, 248, 244)),
        (27, 39, 3, 5, (250, 248, 244)),
        (27, 25, 2, 2, (40, 30, 24)),
        (27, 39, 2, 2, (40, 30, 24)),
        (22, 25, 1, 6, (70, 50, 40)),
        (22, 39, 1, 6, (70, 50, 40)),
        (36, 32, 4, 3, (188, 136, 112)),
        (45, 32, 3, 7, (170, 70, 76)),
    ]
    for row, column, ry, rx, colour in discs:
        dy, dx = v - row * 16, u - column * 16
        inside = dy * dy * rx * rx + dx * dx * ry * ry <= (16 * rx * ry) ** 2
        picture[inside] = colour
    return picture.astype(np.float32)


def tensor(shape, bounds):
    low, high = np.float32(bounds[0]), np.float32(bounds[1])
    return (face(*shape[1:3]) * ((high - low) / np.float32(255)) + low)[None]


def sampled(values):
    values = values.ravel()
    return values[::STEP] if values.size > LONGEST else values


def main():
    from ai_edge_litert.interpreter import Interpreter

    for name, (model, bounds) in NETS.items():
        net = Interpreter(model_content=model, num_threads=1)
        net.allocate_tensors()
        given = net.get_input_details()[0]
        net.set_tensor(given["index"], tensor(given["shape"], bounds))
        net.invoke()
        outputs = [net.get_tensor(output["index"]) for output in net.get_output_details()]
        values = np.concatenate([sampled(output) for output in outputs])
        values.astype("<f4").tofile(HERE / f"{name}.f32")
        print(name, values.size, [(o.shape, float(o.min()), float(o.max())) for o in outputs])


if __name__ == "__main__":
    main()
