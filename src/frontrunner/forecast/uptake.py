"""How a treat rate grows after a launch: the fraction of its final value reached t years on. No unit but years."""

import math

import msgspec

from frontrunner.forecast import inputs


class Logistic(msgspec.Struct, frozen=True, kw_only=True, tag="logistic", tag_field="ramp"):
    """An S-curve that starts at 0: r(t) = (s(t) - s(0)) / (1 - s(0)), s(t) = 1 / (1 + exp(-(t - midpoint) / width))."""

    midpoint: float
    width: float

    def __post_init__(self) -> None:
        inputs.years("the midpoint of a ramp", self.midpoint)
        inputs.number("the width of a ramp", self.width, 0.01, inputs.YEARS)

    def reached(self, t: float) -> float:
        """The fraction of the final rate at `t` years; 0 before the launch."""
        start = _sigmoid(-self.midpoint / self.width)
        return max(0.0, (_sigmoid((t - self.midpoint) / self.width) - start) / (1.0 - start))


class Bass(msgspec.Struct, frozen=True, kw_only=True, tag="bass", tag_field="ramp"):
    """Bass (1969) diffusion: F(t) = (1 - e) / (1 + (q / p) e), e = exp(-(p + q) t), p innovation, q imitation."""

    innovation: float
    imitation: float

    def __post_init__(self) -> None:
        inputs.positive("the innovation of a Bass ramp", self.innovation, inputs.RATE)
        inputs.rate("the imitation of a Bass ramp", self.imitation)

    def reached(self, t: float) -> float:
        """The fraction of the final rate at `t` years; 0 before the launch."""
        fading = math.exp(-(self.innovation + self.imitation) * max(t, 0.0))
        return (1.0 - fading) / (1.0 + self.imitation / self.innovation * fading)


Uptake = Logistic | Bass


def _sigmoid(x: float) -> float:
    return 1.0 / (1.0 + math.exp(-x)) if x >= 0 else math.exp(x) / (1.0 + math.exp(x))
