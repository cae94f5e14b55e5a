package io.signalbox.mesh.model;

import java.time.Duration;
import java.util.Locale;

/**
 * One step of a rollout: the share that the candidate gets, and what has to be before the next one.
 *
 * @param delay the least time at this share that is watched
 * @param gate whether a person has to say that it goes on
 */
public record CanaryStep(Weight weight, Duration delay, Gate gate) {

    public CanaryStep {
        InvalidValueException.unless(weight.percent() > 0, "weight", weight, "1..100");
        InvalidValueException.unless(delay.isPositive(), "delay", delay, "more than zero");
    }

    /** Who lets a rollout go on from a step. */
    public enum Gate {
        /** The evidence does. */
        NONE,
        /** A person does, once the evidence would. */
        MANUAL;

        public static Gate parse(String text) {
            for (Gate gate : values()) {
                if (gate.wireName().equals(text)) {
                    return gate;
                }
            }
            throw new InvalidValueException("gate", text, "none | manual");
        }

        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
