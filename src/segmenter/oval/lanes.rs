//! Which lane each part of a recording was run in: a warm-up far out, the race inside, a jog back in between.
//!
//! What is seen is how far outside the fitted line the fixes lie. A mean over exactly one lap is deaf to positions that
//! are all shifted to one side, since what is outside here is inside there. Over these means the most probable course of
//! lanes is sought (Viterbi 1967): a change of lane is rare, comes with a change of pace, and is one of whole lanes.

use super::shape::{Foot, wrap_m};
use crate::segmenter::noise::median;
use crate::segmenter::window::{self, Window};

/// So long a stretch is looked for as the fastest.
const FASTEST_M: f64 = 1500.0;

/// A part of the recording that was run in one lane.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct InLane {
    pub(crate) from_s: f64,
    pub(crate) to_s: f64,
    /// Whole lanes further out than the part that the track is fitted to.
    pub(crate) lanes_out: i32,
    /// Metres further out than that, and the deviation of that.
    pub(crate) out_m: f64,
    pub(crate) out_sd_m: f64,
}

/// A lap is looked at in so many blocks.
const BLOCKS: usize = 6;
/// Slower steps than this are standing about, and no way.
const MOVING_MPS: f64 = 1.0;
/// A longer hole ends a run on the track.
const HOLE_S: f64 = 20.0;
/// Lanes further in and further out than the fitted line that are looked at.
const LANES: std::ops::RangeInclusive<i32> = -4..=7;
/// The fitted line may lie anywhere between two lanes: shares of a lane's width that are tried.
const SHIFTS: [f64; 5] = [-0.4, -0.2, 0.0, 0.2, 0.4];
/// How improbable a change to any one lane is from one block to the next (log of the odds). It is less so the more the
/// pace changes, as it does where a repetition begins or the runner stood: by so much for each unit of the logarithm.
const CHANGE: f64 = 8.0;
const LESS_WITH_PACE: f64 = 12.0;
const LEAST_CHANGE: f64 = 2.5;
/// A change of pace by a quarter.
const PACE_CHANGE: f64 = 0.22;
/// A lap further off than so many deviations says no more than that.
const PULL_DEVIATIONS: f64 = 4.0;
/// A runner keeps to a line so well, metres.
const FOLLOWING_SD_M: f64 = 0.3;

/// A sixth of a lap.
#[derive(Debug, Clone, Copy)]
struct Block {
    from_s: f64,
    to_s: f64,
    /// Mean distance outside the line over the block, and over the lap around it where there is a whole one.
    out_m: f64,
    lap_out_m: Option<f64>,
}

impl Block {
    /// What a change of lane between this block and the next costs.
    fn change_to(&self, next: &Block) -> f64 {
        (CHANGE - LESS_WITH_PACE * self.pace_change(next)).max(LEAST_CHANGE)
    }

    /// By how much the pace changes to the next block: the logarithm of its share.
    fn pace_change(&self, next: &Block) -> f64 {
        ((next.to_s - next.from_s) / (self.to_s - self.from_s)).ln().abs()
    }
}

/// The parts of the recording on the track, each in one lane, by the distance of the fixes from the fitted line; in
/// order, one after the other without gaps. Distances count from the part in which most of `fastest` was run.
pub(crate) fn course(
    times_s: &[f64],
    feet: &[Option<Foot>],
    on: &[bool],
    lap_m: f64,
    lane_m: f64,
    fastest: (f64, f64),
) -> Vec<InLane> {
    let blocks = blocks(times_s, feet, on, lap_m);
    let Some(sd_m) = deviation_m(&blocks) else { return Vec::new() };
    let lanes = most_probable(&blocks, lane_m, sd_m);
    let parts: Vec<Part> = parts(&blocks, &lanes);
    let overlap = |part: &Part| part.to_s.min(fastest.1) - part.from_s.max(fastest.0);
    let Some(reference) = parts.iter().max_by(|a, b| overlap(a).total_cmp(&overlap(b))) else {
        return Vec::new();
    };
    let mut course: Vec<InLane> = parts.iter().map(|part| part.beside(reference, lane_m, sd_m)).collect();
    join(&mut course);
    course
}

/// Blocks one after the other in one lane.
struct Part {
    from_s: f64,
    to_s: f64,
    lane: i32,
    /// Mean distance outside the line, and the laps that it rests on.
    out_m: f64,
    laps: f64,
}

fn parts(blocks: &[Block], lanes: &[i32]) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut start = 0;
    while start < blocks.len() {
        let len = lanes[start..].iter().take_while(|&&lane| lane == lanes[start]).count();
        let inside = &blocks[start..start + len];
        // Laps that reach over neither end, where there are any.
        let whole = inside.get(BLOCKS / 2..len.saturating_sub(BLOCKS / 2)).unwrap_or_default();
        let mut outs: Vec<f64> = whole.iter().filter_map(|block| block.lap_out_m).collect();
        if outs.is_empty() {
            outs = inside.iter().map(|block| block.out_m).collect();
        }
        parts.push(Part {
            from_s: inside[0].from_s,
            to_s: inside[len - 1].to_s,
            lane: lanes[start],
            out_m: outs.iter().sum::<f64>() / outs.len() as f64,
            laps: len as f64 / BLOCKS as f64,
        });
        start += len;
    }
    parts
}

impl Part {
    /// Where this part was run, seen from the reference: what was seen, drawn towards whole lanes.
    fn beside(&self, reference: &Part, lane_m: f64, sd_m: f64) -> InLane {
        let lanes_out = self.lane - reference.lane;
        let whole_m = f64::from(lanes_out) * lane_m;
        let seen_var = sd_m * sd_m * (1.0 / self.laps + 1.0 / reference.laps);
        let following_var = FOLLOWING_SD_M * FOLLOWING_SD_M;
        let pull = if lanes_out == 0 { 0.0 } else { following_var / (following_var + seen_var) };
        InLane {
            from_s: self.from_s,
            to_s: self.to_s,
            lanes_out,
            out_m: whole_m + pull * (self.out_m - reference.out_m - whole_m),
            out_sd_m: if lanes_out == 0 { 0.0 } else { (following_var * (1.0 - pull)).sqrt() },
        }
    }
}

/// Lets each part reach to the next: the change lies somewhere between two blocks.
fn join(course: &mut [InLane]) {
    for k in 1..course.len() {
        let middle_s = (course[k - 1].to_s + course[k].from_s) / 2.0;
        course[k - 1].to_s = middle_s;
        course[k].from_s = middle_s;
    }
    if let Some(first) = course.first_mut() {
        first.from_s = f64::NEG_INFINITY;
    }
    if let Some(last) = course.last_mut() {
        last.to_s = f64::INFINITY;
    }
}

/// The way on the track in sixths of a lap; what is left over at the end of a run is no block.
fn blocks(times_s: &[f64], feet: &[Option<Foot>], on: &[bool], lap_m: f64) -> Vec<Block> {
    let block_m = lap_m / BLOCKS as f64;
    let mut blocks: Vec<Block> = Vec::new();
    let mut run = 0;
    let mut last: Option<(f64, Foot)> = None;
    let (mut from_s, mut way_m, mut sum_m2) = (0.0, 0.0, 0.0);
    for ((&t_s, foot), &on) in times_s.iter().zip(feet).zip(on) {
        let Some(foot) = *foot else { continue };
        let Some((last_s, before)) = last.filter(|l| on && t_s - l.0 < HOLE_S) else {
            laps_around(&mut blocks[run..]);
            run = blocks.len();
            (from_s, way_m, sum_m2) = (t_s, 0.0, 0.0);
            last = on.then_some((t_s, foot));
            continue;
        };
        let step_m = wrap_m(foot.along_m - before.along_m, lap_m).abs();
        if step_m > MOVING_MPS * (t_s - last_s) {
            way_m += step_m;
            sum_m2 += step_m * (before.lateral_m + foot.lateral_m) / 2.0;
        } else if way_m == 0.0 {
            from_s = t_s;
        }
        if way_m >= block_m {
            blocks.push(Block { from_s, to_s: t_s, out_m: sum_m2 / way_m, lap_out_m: None });
            (from_s, way_m, sum_m2) = (t_s, 0.0, 0.0);
        }
        last = Some((t_s, foot));
    }
    laps_around(&mut blocks[run..]);
    blocks
}

/// The mean over the lap around each block of one run, within a stretch of even pace: where the pace changes, the lane
/// may. At the ends of a stretch it is the mean over its first and its last lap.
fn laps_around(run: &mut [Block]) {
    let contrasts: Vec<f64> = (0..run.len()).map(|k| contrast(run, k)).collect();
    let steepest = |k: usize| {
        let near = &contrasts[k.saturating_sub(BLOCKS - 1)..(k + BLOCKS).min(contrasts.len())];
        contrasts[k] > PACE_CHANGE && near.iter().all(|&other| other <= contrasts[k])
    };
    let mut from = 0;
    for to in (1..run.len()).filter(|&k| steepest(k)).chain([run.len()]) {
        laps_within(&mut run[from..to]);
        from = to;
    }
}

/// How different the pace is in the laps before and after block `k` begins: the logarithm of its share.
fn contrast(run: &[Block], k: usize) -> f64 {
    let mean_s = |blocks: &[Block]| match (blocks.first(), blocks.last()) {
        (Some(first), Some(last)) if blocks.len() >= BLOCKS / 2 => {
            Some((last.to_s - first.from_s) / blocks.len() as f64)
        }
        _ => None,
    };
    let before_s = mean_s(&run[k.saturating_sub(BLOCKS)..k]);
    let after_s = mean_s(&run[k..(k + BLOCKS).min(run.len())]);
    before_s.zip(after_s).map_or(0.0, |(before_s, after_s)| (after_s / before_s).ln().abs())
}

fn laps_within(run: &mut [Block]) {
    if run.len() <= BLOCKS {
        return;
    }
    let out_m: Vec<f64> = run.iter().map(|block| block.out_m).collect();
    for (k, block) in run.iter_mut().enumerate() {
        let first = k.saturating_sub(BLOCKS / 2).min(out_m.len() - BLOCKS - 1);
        let ends_m = (out_m[first] + out_m[first + BLOCKS]) / 2.0;
        let inner_m: f64 = out_m[first + 1..first + BLOCKS].iter().sum();
        block.lap_out_m = Some((ends_m + inner_m) / BLOCKS as f64);
    }
}

/// Deviation of a lap's mean in metres, from how much laps one after the other differ; the median is deaf to changes of
/// lane.
fn deviation_m(blocks: &[Block]) -> Option<f64> {
    let lap = |pair: (&Block, &Block)| Some((pair.0.lap_out_m? - pair.1.lap_out_m?).abs());
    let mut steps: Vec<f64> = blocks.iter().zip(blocks.get(BLOCKS..)?).filter_map(lap).collect();
    // The median of |x| is 0.6745 deviations, and a difference has twice the variance.
    let variance_m2 = (median(&mut steps)? / 0.6745).powi(2) / 2.0;
    Some((variance_m2 + FOLLOWING_SD_M * FOLLOWING_SD_M).sqrt())
}

/// The most probable lane of each block, in lanes out from the fitted line.
fn most_probable(blocks: &[Block], lane_m: f64, sd_m: f64) -> Vec<i32> {
    let mut best = (f64::NEG_INFINITY, Vec::new());
    for shift in SHIFTS {
        let found = viterbi(blocks, lane_m, shift * lane_m, sd_m);
        if found.0 > best.0 {
            best = found;
        }
    }
    best.1
}

/// The most probable course of lanes where lane 0 lies `shift_m` outside the fitted line, with its log probability.
fn viterbi(blocks: &[Block], lane_m: f64, shift_m: f64, sd_m: f64) -> (f64, Vec<i32>) {
    let count = LANES.count();
    // A lap tells what it does once, though it is looked at from every block in it.
    let seen = |block: &Block, state: usize| {
        let lane = LANES.start() + state as i32;
        let z = block.lap_out_m.map_or(0.0, |out_m| (out_m - shift_m - f64::from(lane) * lane_m) / sd_m);
        -0.5 * (z * z).min(PULL_DEVIATIONS * PULL_DEVIATIONS) / BLOCKS as f64
    };
    let highest = |scores: &[f64]| {
        scores.iter().copied().enumerate().fold((0, f64::NEG_INFINITY), |a, b| if b.1 > a.1 { b } else { a })
    };
    let mut scores = vec![0.0; count];
    let mut came_from: Vec<usize> = Vec::with_capacity(blocks.len() * count);
    for (k, block) in blocks.iter().enumerate() {
        let change = k.checked_sub(1).map_or(0.0, |before| blocks[before].change_to(block));
        let (changed, highest_score) = highest(&scores);
        for (state, score) in scores.iter_mut().enumerate() {
            let stays = *score >= highest_score - change;
            came_from.push(if stays { state } else { changed });
            *score = score.max(highest_score - change) + seen(block, state);
        }
    }
    let (mut state, score) = highest(&scores);
    let mut lanes = vec![0; blocks.len()];
    for (lane, from) in lanes.iter_mut().zip(came_from.chunks(count)).rev() {
        *lane = LANES.start() + state as i32;
        state = from[state];
    }
    (score, lanes)
}

/// What the stretches have in common with the parts that were run in the lane of the fastest.
pub(crate) fn common(stretches_s: &[(f64, f64)], course: &[InLane]) -> Vec<(f64, f64)> {
    let own = || course.iter().filter(|part| part.lanes_out == 0);
    let cut =
        |&(from_s, to_s): &(f64, f64)| own().map(move |part| (from_s.max(part.from_s), to_s.min(part.to_s)));
    stretches_s.iter().flat_map(cut).filter(|s| s.1 > s.0).collect()
}

/// Start and end of the fastest `FASTEST_M` on the track.
pub(crate) fn fastest_laps(
    times_s: &[f64],
    feet: &[Option<Foot>],
    on: &[bool],
    lap_m: f64,
) -> Option<(f64, f64)> {
    let (mut t, mut way_m, mut walls) = (Vec::new(), Vec::new(), Vec::new());
    let mut last: Option<f64> = None;
    for ((&t_s, foot), &on) in times_s.iter().zip(feet).zip(on) {
        let Some(Foot { along_m, .. }) = *foot else { continue };
        if !on {
            if let (Some(_), Some(&from_s)) = (last, t.last()) {
                walls.push(Window { start_s: from_s, end_s: t_s });
            }
            last = None;
            continue;
        }
        let before: f64 = way_m.last().copied().unwrap_or(0.0);
        way_m.push(before + last.map_or(0.0, |l| wrap_m(along_m - l, lap_m).abs()));
        t.push(t_s);
        last = Some(along_m);
    }
    window::fastest(&t, &way_m, FASTEST_M, &walls).map(|w| (w.start_s, w.end_s))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LANE_M: f64 = 1.22;
    const LAP_M: f64 = 400.0;

    /// Running at 4 m/s, `out_m` outside the line at each second, with an error that swings by half a metre.
    fn feet(out_m: impl Fn(f64) -> f64, seconds: usize) -> (Vec<f64>, Vec<Option<Foot>>, Vec<bool>) {
        let times: Vec<f64> = (0..seconds).map(|s| s as f64).collect();
        let foot = |&t: &f64| {
            let lateral_m = out_m(t) + 0.5 * (t / 7.0).sin();
            Some(Foot { along_m: (4.0 * t) % LAP_M, lateral_m, normal_rad: 0.0 })
        };
        let feet = times.iter().map(foot).collect();
        (times, feet, vec![true; seconds])
    }

    fn course_of(out_m: impl Fn(f64) -> f64, fastest: (f64, f64)) -> Vec<InLane> {
        let (times, feet, on) = feet(out_m, 1800);
        course(&times, &feet, &on, LAP_M, LANE_M, fastest)
    }

    #[test]
    fn one_lane_is_one_part() {
        let course = course_of(|_| 0.4, (600.0, 900.0));
        assert_eq!(course.len(), 1);
        assert_eq!((course[0].lanes_out, course[0].out_m), (0, 0.0));
    }

    #[test]
    fn repetitions_inside_and_a_jog_two_lanes_out_are_told_apart() {
        let fast = |t: f64| (600.0..900.0).contains(&t) || (1200.0..1500.0).contains(&t);
        let course = course_of(|t| if fast(t) { -1.3 } else { 1.2 }, (610.0, 890.0));
        let lanes: Vec<i32> = course.iter().map(|part| part.lanes_out).collect();
        assert_eq!(lanes, [2, 0, 2, 0, 2]);
        for (part, change_s) in course.iter().zip([600.0, 900.0, 1200.0, 1500.0]) {
            assert!((part.to_s - change_s).abs() <= 20.0, "{part:?}");
        }
        assert!((course[0].out_m - 2.5).abs() < 0.15, "{course:?}");
    }

    #[test]
    fn positions_shifted_to_one_side_are_no_change_of_lane() {
        // A shift of everything by 4 m is seen outside on one side of the track and inside on the other.
        let shift_m = |t: f64| if t > 900.0 { 4.0 * (t / 100.0 * std::f64::consts::TAU).cos() } else { 0.0 };
        let course = course_of(shift_m, (600.0, 900.0));
        assert_eq!(course.len(), 1, "{course:?}");
    }

    #[test]
    fn standing_is_in_no_lane() {
        let (times, mut feet, on) = feet(|_| 0.0, 1200);
        for foot in feet[500..800].iter_mut().flatten() {
            (foot.along_m, foot.lateral_m) = (100.0, 4.0);
        }
        let course = course(&times, &feet, &on, LAP_M, LANE_M, (0.0, 400.0));
        assert_eq!(course.len(), 1, "{course:?}");
    }
}
