"""Writes the reference meshes that the agreement test compares with.

Needs mediapipe==0.10.14 and opencv; run it anywhere:

    python crates/face/tests/reference/make.py

FaceMesh sees each portrait twice as two frames of a video, so that its second answer comes from the
square around the first mesh, as ours does. Points are in pixels, rounded to 0.01.
"""

import json
import pathlib

import cv2
import mediapipe

HERE = pathlib.Path(__file__).resolve().parent
PORTRAITS = HERE.parents[3] / "fixtures" / "portraits"
FRAMES = 2


def mesh(path, refined):
    picture = cv2.cvtColor(cv2.imread(str(path)), cv2.COLOR_BGR2RGB)
    height, width = picture.shape[:2]
    with mediapipe.solutions.face_mesh.FaceMesh(
        static_image_mode=False, max_num_faces=1, refine_landmarks=refined
    ) as face_mesh:
        for _ in range(FRAMES):
            result = face_mesh.process(picture)
    points = result.multi_face_landmarks[0].landmark
    return [
        [round(point.x * width, 2), round(point.y * height, 2), round(point.z * width, 2)]
        for point in points
    ]


def main():
    portraits = sorted(PORTRAITS.glob("[TU]*.jpg"))
    for name, refined in [("face_mesh.json", False), ("face_mesh_refined.json", True)]:
        lines = [
            f'"{path.stem}": {json.dumps(mesh(path, refined), separators=(",", ":"))}'
            for path in portraits
        ]
        (HERE / name).write_text("{\n" + ",\n".join(lines) + "\n}\n")


if __name__ == "__main__":
    main()
