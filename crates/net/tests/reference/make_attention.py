"""Writes `landmark_attention.f32`: the attention net's outputs as MediaPipe computes them.

The net has three operators that TFLite alone does not know, so MediaPipe itself runs it, on the
drawing of `make.py`. Needs `pip install mediapipe==0.10.14` and the nets; run it from the
repository's root: `python crates/net/tests/reference/make_attention.py`.
"""

import tempfile
from pathlib import Path

import numpy as np

from make import HERE, PACKED, face

OUTPUTS = range(7)

SPLIT = " ".join(f"ranges: {{ begin: {k} end: {k + 1} }}" for k in OUTPUTS)
TENSORS = " ".join(f'output_stream: "tensors{k}"' for k in OUTPUTS)
FLOATS = "\n".join(
    f"""node {{
      calculator: "TensorsToFloatsCalculator"
      input_stream: "TENSORS:tensors{k}"
      output_stream: "FLOATS:floats{k}"
    }}"""
    for k in OUTPUTS
)
GRAPH = f"""
    input_stream: "image"
    {" ".join(f'output_stream: "floats{k}"' for k in OUTPUTS)}
    node {{
      calculator: "ImageToTensorCalculator"
      input_stream: "IMAGE:image"
      output_stream: "TENSORS:input"
      options {{ [mediapipe.ImageToTensorCalculatorOptions.ext] {{
        output_tensor_width: 192
        output_tensor_height: 192
        output_tensor_float_range {{ min: 0.0 max: 1.0 }}
      }} }}
    }}
    node {{
      calculator: "TfLiteCustomOpResolverCalculator"
      output_side_packet: "OP_RESOLVER:operators"
    }}
    node {{
      calculator: "InferenceCalculator"
      input_stream: "TENSORS:input"
      input_side_packet: "OP_RESOLVER:operators"
      output_stream: "TENSORS:outputs"
      options {{ [mediapipe.InferenceCalculatorOptions.ext] {{
        model_path: "MODEL_PATH"
        delegate {{ xnnpack {{ num_threads: 1 }} }}
      }} }}
    }}
    node {{
      calculator: "SplitTensorVectorCalculator"
      input_stream: "outputs"
      {TENSORS}
      options {{ [mediapipe.SplitVectorCalculatorOptions.ext] {{ {SPLIT} }} }}
    }}
    {FLOATS}
"""


def main():
    import mediapipe
    from mediapipe.python import packet_creator, packet_getter
    from mediapipe.python._framework_bindings import calculator_graph

    outputs = {}
    with tempfile.TemporaryDirectory() as folder:
        model = Path(folder) / "landmark_attention.tflite"
        model.write_bytes(PACKED[:2495952])
        config = GRAPH.replace("MODEL_PATH", str(model))
        graph = calculator_graph.CalculatorGraph(graph_config=config)
        for k in OUTPUTS:
            graph.observe_output_stream(
                f"floats{k}",
                lambda name, packet: outputs.update({name: packet_getter.get_float_list(packet)}),
            )
        graph.start_run()
        image = packet_creator.create_image(
            image_format=mediapipe.ImageFormat.SRGB, data=face(192, 192).astype(np.uint8)
        )
        graph.add_packet_to_input_stream("image", image.at(1))
        graph.close_all_packet_sources()
        graph.wait_until_done()
    values = np.concatenate([np.array(outputs[f"floats{k}"]) for k in OUTPUTS])
    values.astype("<f4").tofile(HERE / "landmark_attention.f32")
    print(values.size, values.min(), values.max())


if __name__ == "__main__":
    main()
