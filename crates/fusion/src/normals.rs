use crate::surface::surface;
use face::canonical::canonical;
use face::{MESH_POINTS, Point3};

/// Unit normals of the mesh's vertices, pointing out of the face: x right, y down, z away from the
/// camera, so a vertex that looks at the camera has z near -1.
pub(crate) fn vertex_normals(mesh: &[Point3]) -> Vec<[f32; 3]> {
    let mut normals = vec![[0.0f32; 3]; MESH_POINTS];
    for triangle in &canonical().triangles {
        let [a, b, c] = triangle.map(|index| mesh[usize::from(index)]);
        let u = [b.x - a.x, b.y - a.y, b.z - a.z];
        let v = [c.x - a.x, c.y - a.y, c.z - a.z];
        // Area-weighted; the sign makes it point towards the camera for a facing triangle.
        let sign = -surface().front;
        let normal = [
            sign * (u[1] * v[2] - u[2] * v[1]),
            sign * (u[2] * v[0] - u[0] * v[2]),
            sign * (u[0] * v[1] - u[1] * v[0]),
        ];
        for &index in triangle {
            for axis in 0..3 {
                normals[usize::from(index)][axis] += normal[axis];
            }
        }
    }
    for normal in &mut normals {
        let length = normal.iter().map(|value| value * value).sum::<f32>().sqrt();
        *normal = if length > 1e-12 {
            normal.map(|value| value / length)
        } else {
            [0.0, 0.0, -1.0]
        };
    }
    normals
}
