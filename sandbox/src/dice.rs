//! Chance without a state: every value follows from a seed and a place, so that any record can be written without
//! those before it. It must not know what the numbers are used for.

/// What separates one stream of numbers from the next (2^64 divided by the golden ratio, as in SplitMix64).
const STRIDE: u64 = 0x9e37_79b9_7f4a_7c15;

/// SplitMix64's finishing step: neighbouring inputs give unrelated outputs.
#[inline]
pub(crate) fn mix(mut x: u64) -> u64 {
    x = x.wrapping_add(STRIDE);
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

/// The number of the `salt`-th stream at `place`.
#[inline]
pub(crate) fn roll(place: u64, salt: u64) -> u64 {
    mix(place ^ salt.wrapping_mul(STRIDE))
}

/// A number below `bound` (0 when it is 0), from the upper half of `x`.
#[inline]
pub(crate) fn below(x: u64, bound: u64) -> u64 {
    ((x >> 32).wrapping_mul(bound & 0xffff_ffff)) >> 32
}

/// FNV-1a: a seed made of a name.
pub(crate) fn hash(text: &[u8]) -> u64 {
    text.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn below_stays_below_and_reaches_everything() {
        let mut seen = [false; 7];
        for i in 0..200 {
            seen[usize::try_from(below(mix(i), 7)).unwrap()] = true;
        }
        assert_eq!(seen, [true; 7]);
        assert_eq!(below(u64::MAX, 0), 0);
    }
}
