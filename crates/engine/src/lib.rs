//! From the bytes of a template and of photos to the bytes of the fused picture.
