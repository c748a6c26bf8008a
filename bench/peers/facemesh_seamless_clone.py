"""The script many would write instead of using mien, to measure beside it.

FaceMesh landmarks of both pictures, the user's mesh warped triangle by triangle onto the template's,
cv2.seamlessClone inside the face's hull, from JPEG bytes to JPEG bytes; the nets are loaded beforehand.

    python3 facemesh_seamless_clone.py TEMPLATE SELFIE OUT [--rounds N]

Prints one line of JSON, two medians in milliseconds: `whole_ms` does everything from both pictures'
bytes, as such scripts do; `prepared_ms` is kinder than they are and keeps from call to call what
depends on the template alone (its pixels, landmarks, triangles and hull), as mien does.
"""

import argparse
import json
import statistics
import sys
import time
from pathlib import Path

import cv2
import mediapipe
import numpy as np

JPEG_QUALITY = 92


def decode(jpeg):
    picture = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR)
    if picture is None:
        sys.exit("not a picture")
    return picture


def landmarks(face_mesh, picture):
    """The 468 points of the first face, in pixels, as float32 (468, 2)."""
    found = face_mesh.process(cv2.cvtColor(picture, cv2.COLOR_BGR2RGB)).multi_face_landmarks
    if not found:
        sys.exit("no face found")
    height, width = picture.shape[:2]
    return np.float32([(point.x * width, point.y * height) for point in found[0].landmark[:468]])


def triangulate(points, shape):
    """Delaunay triangles of the points, as indices (n, 3)."""
    height, width = shape[:2]
    division = cv2.Subdiv2D((0, 0, width, height))
    inside = (points >= 0).all(1) & (points[:, 0] < width) & (points[:, 1] < height)
    index_at = {}
    for index in np.flatnonzero(inside):
        division.insert(tuple(map(float, points[index])))
        index_at[tuple(points[index])] = index
    triangles = []
    for row in division.getTriangleList().reshape(-1, 3, 2):
        corners = [index_at.get(tuple(corner)) for corner in row]
        if None not in corners:
            triangles.append(corners)
    return np.array(triangles)


def warp(picture, source, target, triangles, shape):
    """`picture` with each triangle of `source` points moved to the `target` points."""
    warped = np.zeros(shape, np.uint8)
    for corners in triangles:
        here, there = source[corners], target[corners]
        x, y, width, height = cv2.boundingRect(there)
        x_end, y_end = min(x + width, shape[1]), min(y + height, shape[0])
        x, y = max(x, 0), max(y, 0)
        left, top, patch_width, patch_height = cv2.boundingRect(here)
        left_end, top_end = left + patch_width, top + patch_height
        left, top = max(left, 0), max(top, 0)
        patch = picture[top:top_end, left:left_end]
        if patch.size == 0 or x >= x_end or y >= y_end:
            continue
        affine = cv2.getAffineTransform(here - np.float32([left, top]), there - np.float32([x, y]))
        moved = cv2.warpAffine(
            patch, affine, (x_end - x, y_end - y), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101
        )
        mask = np.zeros(moved.shape[:2], np.uint8)
        cv2.fillConvexPoly(mask, np.int32(np.round(there - np.float32([x, y]))), 1)
        cv2.copyTo(moved, mask, warped[y:y_end, x:x_end])
    return warped


class Template:
    """A template picture with everything that does not depend on the user."""

    def __init__(self, face_mesh, jpeg):
        self.picture = decode(jpeg)
        self.points = landmarks(face_mesh, self.picture)
        self.triangles = triangulate(self.points, self.picture.shape)
        hull = np.int32(cv2.convexHull(self.points))
        self.mask = np.zeros(self.picture.shape[:2], np.uint8)
        cv2.fillConvexPoly(self.mask, hull, 255)
        x, y, width, height = cv2.boundingRect(hull)
        self.center = (x + width // 2, y + height // 2)


def fuse(face_mesh, template, selfie_jpeg):
    """The result's JPEG bytes."""
    selfie = decode(selfie_jpeg)
    points = landmarks(face_mesh, selfie)
    warped = warp(selfie, points, template.points, template.triangles, template.picture.shape)
    result = cv2.seamlessClone(warped, template.picture, template.mask, template.center, cv2.NORMAL_CLONE)
    return cv2.imencode(".jpg", result, [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])[1].tobytes()


def median_ms(call, rounds):
    times_ms = []
    for _ in range(rounds):
        start = time.perf_counter()
        call()
        times_ms.append((time.perf_counter() - start) * 1e3)
    return round(statistics.median(times_ms), 2)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("template", type=Path)
    parser.add_argument("selfie", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--rounds", type=int, default=15)
    arguments = parser.parse_args()

    cv2.setNumThreads(1)
    with mediapipe.solutions.face_mesh.FaceMesh(
        static_image_mode=True, max_num_faces=1, refine_landmarks=False
    ) as face_mesh:
        template_jpeg = arguments.template.read_bytes()
        selfie_jpeg = arguments.selfie.read_bytes()
        template = Template(face_mesh, template_jpeg)
        arguments.out.write_bytes(fuse(face_mesh, template, selfie_jpeg))

        def whole():
            fuse(face_mesh, Template(face_mesh, template_jpeg), selfie_jpeg)

        def prepared():
            fuse(face_mesh, template, selfie_jpeg)

        medians = {
            "whole_ms": median_ms(whole, arguments.rounds),
            "prepared_ms": median_ms(prepared, arguments.rounds),
        }
    print(json.dumps(medians))


if __name__ == "__main__":
    main()
