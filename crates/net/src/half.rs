//! Half-precision numbers (IEEE 754 binary16).

/// The value of a binary16 number, exactly; infinities and NaN stay what they are.
pub(crate) fn to_f32(bits: u16) -> f32 {
    let sign = u32::from(bits >> 15) << 31;
    let exponent = u32::from(bits >> 10) & 0x1f;
    let fraction = u32::from(bits) & 0x3ff;
    match exponent {
        // Subnormal: fraction × 2⁻²⁴, which binary32 holds as a normal number.
        0 => {
            let magnitude = fraction as f32 * (1.0 / 16_777_216.0);
            f32::from_bits(magnitude.to_bits() | sign)
        }
        0x1f => f32::from_bits(sign | 0x7f80_0000 | (fraction << 13)),
        _ => f32::from_bits(sign | ((exponent + 112) << 23) | (fraction << 13)),
    }
}

#[cfg(test)]
mod tests {
    use super::to_f32;

    #[test]
    fn known_values() {
        let cases = [
            (0x0000, 0.0),
            (0x3c00, 1.0),
            (0xc000, -2.0),
            (0x3555, 0.333_251_95),
            (0x7bff, 65_504.0),
            (0x0400, 6.103_515_6e-5),
            (0x0001, 5.960_464_5e-8),
            (0x83ff, -6.097_555e-5),
            (0x7c00, f32::INFINITY),
            (0xfc00, f32::NEG_INFINITY),
        ];
        for (bits, value) in cases {
            assert_eq!(to_f32(bits), value, "{bits:#06x}");
        }
        assert!(to_f32(0x7e00).is_nan());
        assert!(to_f32(0x8000).is_sign_negative());
    }

    #[test]
    fn order_is_kept_over_all_finite_values() {
        for bits in 0..0x7bff_u16 {
            assert!(to_f32(bits) < to_f32(bits + 1));
            assert_eq!(to_f32(bits | 0x8000), -to_f32(bits));
        }
    }
}
