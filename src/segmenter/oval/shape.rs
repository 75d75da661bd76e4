//! The line a runner follows on a track: two straights joined by two half circles.

use crate::segmenter::plane::{Point, wrapped};
use std::f64::consts::PI;

/// Two straights of `straight_m` and two half circles of `radius_m`, somewhere on the plane.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Shape {
    pub(crate) centre: Point,
    /// Direction of the straights, radians from east, with its sine and cosine, which every fix needs.
    angle_rad: f64,
    sin: f64,
    cos: f64,
    pub(crate) straight_m: f64,
    /// Radius of the runner's line in the bends.
    pub(crate) radius_m: f64,
}

/// Where a point lies on the line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Foot {
    /// Metres along the line, counter-clockwise, from where the first straight begins; from 0 to the lap's length.
    pub(crate) along_m: f64,
    /// Metres outside (positive) or inside the line.
    pub(crate) lateral_m: f64,
    /// Direction of the outward normal, radians from east.
    pub(crate) normal_rad: f64,
}

impl Shape {
    pub(crate) fn new(centre: Point, angle_rad: f64, straight_m: f64, radius_m: f64) -> Shape {
        let (sin, cos) = angle_rad.sin_cos();
        Shape { centre, angle_rad, sin, cos, straight_m, radius_m }
    }

    /// The same line turned about its centre.
    pub(crate) fn turned_by(self, turn_rad: f64) -> Shape {
        let (sin, cos) = (self.angle_rad + turn_rad).sin_cos();
        Shape { angle_rad: self.angle_rad + turn_rad, sin, cos, ..self }
    }

    pub(crate) fn sin(&self) -> f64 {
        self.sin
    }

    pub(crate) fn cos(&self) -> f64 {
        self.cos
    }

    pub(crate) fn lap_length_m(&self) -> f64 {
        2.0 * self.straight_m + 2.0 * PI * self.radius_m
    }

    /// The same straights with the bends that make a lap of this length.
    pub(crate) fn with_lap_length(self, lap_length_m: f64) -> Shape {
        Shape { radius_m: (lap_length_m - 2.0 * self.straight_m) / (2.0 * PI), ..self }
    }

    /// A point in the track's own axes: along the straights, and across.
    pub(crate) fn axes(&self, p: Point) -> (f64, f64) {
        let (dx, dy) = self.centre.to(p);
        (self.cos * dx + self.sin * dy, self.cos * dy - self.sin * dx)
    }

    /// The nearest point of the line.
    pub(crate) fn foot(&self, p: Point) -> Foot {
        let (a, b) = self.axes(p);
        let (half_m, bend_m) = (self.straight_m / 2.0, PI * self.radius_m);
        let (along_m, lateral_m, normal) = if a > half_m {
            let turn = (b.atan2(a - half_m) + PI / 2.0).clamp(0.0, PI);
            (
                self.straight_m + self.radius_m * turn,
                ((a - half_m) * (a - half_m) + b * b).sqrt() - self.radius_m,
                turn - PI / 2.0,
            )
        } else if a < -half_m {
            let turn = ((-b).atan2(-half_m - a) + PI / 2.0).clamp(0.0, PI);
            let along_m = 2.0 * self.straight_m + bend_m + self.radius_m * turn;
            (along_m, ((a + half_m) * (a + half_m) + b * b).sqrt() - self.radius_m, turn + PI / 2.0)
        } else if b < 0.0 {
            (a + half_m, -b - self.radius_m, -PI / 2.0)
        } else {
            (self.straight_m + bend_m + half_m - a, b - self.radius_m, PI / 2.0)
        };
        Foot { along_m, lateral_m, normal_rad: normal + self.angle_rad }
    }
}

/// The smallest step, forwards or backwards, that changes the place on a lap by this much.
pub(crate) fn wrap_m(step_m: f64, lap_length_m: f64) -> f64 {
    wrapped(step_m + lap_length_m / 2.0, lap_length_m) - lap_length_m / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn standard() -> Shape {
        Shape::new(Point { x_m: 0.0, y_m: 0.0 }, 0.0, 84.39, 36.8)
    }

    fn foot(x_m: f64, y_m: f64) -> Foot {
        standard().foot(Point { x_m, y_m })
    }

    #[test]
    fn lane_one_is_400_m() {
        assert!((standard().lap_length_m() - 400.001).abs() < 0.001);
    }

    #[test]
    fn the_four_parts_join() {
        let lap_m = standard().lap_length_m();
        assert!((foot(0.0, -36.8).along_m - 42.195).abs() < 1e-9);
        assert!((foot(42.195 + 36.8, 0.0).along_m - (84.39 + PI * 18.4)).abs() < 1e-9);
        assert!((foot(0.0, 36.8).along_m - lap_m / 2.0 - 42.195).abs() < 1e-9);
        assert!((foot(-42.195 - 36.8, 0.0).along_m - (lap_m - PI * 18.4)).abs() < 1e-9);
    }

    #[test]
    fn outside_is_positive() {
        assert!((foot(10.0, -40.0).lateral_m - 3.2).abs() < 1e-9);
        assert!((foot(70.0, 0.0).lateral_m - (70.0 - 42.195 - 36.8)).abs() < 1e-9);
    }

    #[test]
    fn a_step_over_the_line_is_short() {
        assert!((wrap_m(2.0 - 399.0, 400.0) - 3.0).abs() < 1e-9);
        assert!((wrap_m(399.0 - 2.0, 400.0) + 3.0).abs() < 1e-9);
    }
}
