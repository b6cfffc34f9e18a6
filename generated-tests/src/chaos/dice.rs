//! Random numbers from a seed: the same seed, the same run.

/// What the state goes on by with each throw: odd, so that it meets every number once.
const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

/// Throws dice.
#[derive(Clone, Debug)]
pub struct Dice(u64);

impl Dice {
    /// Dice of a seed. It is mixed first: the streams of neighbouring seeds are not the same one, some throws apart.
    #[must_use]
    pub fn new(seed: u64) -> Dice {
        Dice(mixed(seed.wrapping_add(STEP)))
    }

    /// A number below `bound`; 0 when that is 0. (SplitMix64.)
    pub fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(STEP);
        mixed(self.0).checked_rem(bound).unwrap_or(0)
    }

    /// True once in `times` throws.
    pub fn once_in(&mut self, times: u64) -> bool {
        self.below(times) == 0
    }
}

/// The number that SplitMix64 makes of a state: every bit of it hangs on all bits of the state.
const fn mixed(state: u64) -> u64 {
    let state = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let state = (state ^ (state >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    state ^ (state >> 31)
}

#[cfg(test)]
mod tests {
    use super::Dice;

    #[test]
    fn no_seeds_stream_is_a_neighbours_moved_on() {
        let stream = |seed| {
            let mut dice = Dice::new(seed);
            (0..64).map(|_| dice.below(u64::MAX)).collect::<std::collections::HashSet<_>>()
        };
        for seed in 0..32 {
            assert!(stream(seed).is_disjoint(&stream(seed + 1)), "seeds {seed} and {}", seed + 1);
        }
    }
}
