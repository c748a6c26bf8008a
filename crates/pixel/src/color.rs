/// One pixel in sRGB, gamma-encoded, 8 bits a channel, in the order red, green, blue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(transparent)]
pub struct Srgb8(pub [u8; 3]);

impl Srgb8 {
    /// Black.
    pub const BLACK: Srgb8 = Srgb8([0; 3]);
    /// White.
    pub const WHITE: Srgb8 = Srgb8([255; 3]);

    /// Luma after Rec. 601 (`0.299 R + 0.587 G + 0.114 B` of the encoded values), 0..=255.
    pub fn luma(self) -> u8 {
        let [red, green, blue] = self.0.map(u32::from);
        ((red * 19_595 + green * 38_470 + blue * 7_471 + 32_768) >> 16) as u8
    }
}
