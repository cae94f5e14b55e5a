package io.signalbox.mesh.model;

/** The share of calls that succeed, 0.0..1.0. */
public record SuccessRate(double share) {

    public SuccessRate {
        InvalidValueException.unless(share >= 0 && share <= 1, "successRate", share, "0.0..1.0");
    }
}
