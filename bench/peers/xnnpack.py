"""How long XNNPACK takes for each face net, on one thread.

Usage: python bench/peers/xnnpack.py

Prints one JSON object: milliseconds by net, the mean of the fastest batch of runs, which other work
on the machine disturbs least. XNNPACK is what TensorFlow
Lite computes with on a CPU; `ai-edge-litert` brings it to Python. It does not know the attention
net's three geometry operators: these are left out and their results given as inputs, which makes
XNNPACK's work a little smaller than ours.
"""

import json
import time
from pathlib import Path

import flatbuffers
import numpy as np
from ai_edge_litert import schema_py_generated as schema
from ai_edge_litert.interpreter import Interpreter

PACKAGES = Path(__file__).parents[2] / "models/node_modules/@mediapipe"
PACKED = (PACKAGES / "face_mesh/face_mesh_solution_packed_assets.data").read_bytes()

CUSTOM = 32
WARM_UP_RUNS = 20
BATCHES = 100
RUNS_PER_BATCH = 10


def without_custom_operators(model):
    """The same net, the results of its custom operators being inputs."""
    tree = schema.ModelT.InitFromObj(schema.Model.GetRootAsModel(model, 0))
    graph = tree.subgraphs[0]
    kept, made_by_custom = [], set()
    for operator in graph.operators:
        code = tree.operatorCodes[operator.opcodeIndex]
        if max(code.builtinCode, code.deprecatedBuiltinCode) == CUSTOM:
            made_by_custom.update(operator.outputs)
        else:
            kept.append(operator)
    graph.operators = kept
    read = {tensor for operator in kept for tensor in operator.inputs}
    graph.inputs = list(graph.inputs) + sorted(made_by_custom & read)
    builder = flatbuffers.Builder(len(model))
    builder.Finish(tree.Pack(builder), b"TFL3")
    return bytes(builder.Output())


NETS = {
    "detector_short_range": (
        PACKAGES / "face_detection/face_detection_short_range.tflite"
    ).read_bytes(),
    "detector_full_range": (
        PACKAGES / "face_detection/face_detection_full_range_sparse.tflite"
    ).read_bytes(),
    "landmark": PACKED[2495952:3737848],
    "landmark_attention": without_custom_operators(PACKED[:2495952]),
}


def milliseconds(model):
    net = Interpreter(model_content=model, num_threads=1)
    net.allocate_tensors()
    for given in net.get_input_details():
        values = np.arange(np.prod(given["shape"])) % 97 / 97
        net.set_tensor(given["index"], values.reshape(given["shape"]).astype(np.float32))
    for _ in range(WARM_UP_RUNS):
        net.invoke()
    times = []
    for _ in range(BATCHES):
        start = time.perf_counter()
        for _ in range(RUNS_PER_BATCH):
            net.invoke()
        times.append((time.perf_counter() - start) / RUNS_PER_BATCH)
    return 1000 * min(times)


print(json.dumps({name: milliseconds(model) for name, model in NETS.items()}))
