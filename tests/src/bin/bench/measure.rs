//! Interleaved rounds, medians and ratios.

use std::hint::black_box;
use std::time::Instant;

/// Rounds; odd, so that a median is one of them.
const ROUNDS: usize = 9;

/// Seconds that one round of a variant takes at least.
const ROUND: f64 = 0.05;

/// One way of doing the work.
pub(crate) struct Variant<'a> {
    name: &'static str,
    work: Box<dyn FnMut() -> usize + 'a>,
}

impl<'a> Variant<'a> {
    /// A variant; its number keeps the work from being optimised away.
    pub(crate) fn new(name: &'static str, work: impl FnMut() -> usize + 'a) -> Self {
        Variant { name, work: Box::new(work) }
    }

    fn seconds(&mut self, repetitions: u32) -> f64 {
        let begin = Instant::now();
        for _ in 0..repetitions {
            black_box((self.work)());
        }
        begin.elapsed().as_secs_f64() / f64::from(repetitions)
    }
}

/// Measures the variants in turns, prints a table, and tells the median seconds of each.
pub(crate) fn compare(title: &str, variants: &mut [Variant<'_>]) -> Vec<(&'static str, f64)> {
    compare_in(ROUNDS, title, variants)
}

/// The same in another number of rounds, for what takes seconds.
pub(crate) fn compare_in(rounds: usize, title: &str, variants: &mut [Variant<'_>]) -> Vec<(&'static str, f64)> {
    let repetitions: Vec<u32> = variants
        .iter_mut()
        .map(|variant| (ROUND / variant.seconds(1).max(1e-9)).ceil().clamp(1.0, 1e6) as u32)
        .collect();
    let mut times = vec![Vec::with_capacity(rounds); variants.len()];
    for _ in 0..rounds {
        for ((variant, repetitions), times) in variants.iter_mut().zip(&repetitions).zip(&mut times) {
            times.push(variant.seconds(*repetitions));
        }
    }
    println!("\n{title} ({rounds} interleaved rounds)");
    println!("  {:<40}{:>14}{:>12}{:>9}", "", "median", "fastest", "ratio");
    let mut medians: Vec<(&'static str, f64)> = Vec::with_capacity(variants.len());
    for (variant, times) in variants.iter().zip(&mut times) {
        times.sort_by(f64::total_cmp);
        let median = times.get(rounds / 2).copied().unwrap_or_default();
        let fastest = times.first().copied().unwrap_or_default();
        medians.push((variant.name, median));
        let base = medians.first().map_or(median, |(_, base)| *base);
        println!("  {:<40}{:>11.1} µs{:>9.1} µs{:>8.2}×", variant.name, median * 1e6, fastest * 1e6, median / base);
    }
    medians
}
