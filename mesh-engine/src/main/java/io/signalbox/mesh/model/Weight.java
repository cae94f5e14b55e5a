package io.signalbox.mesh.model;

/** A share of traffic in whole percent, 0..100. */
public record Weight(int percent) implements Comparable<Weight> {

    public static final Weight NONE = new Weight(0);
    public static final Weight ALL = new Weight(100);

    public Weight {
        InvalidValueException.unless(percent >= 0 && percent <= 100, "weight", percent, "0..100");
    }

    public Weight plus(Weight step) {
        return new Weight(Math.min(100, percent + step.percent));
    }

    public Weight complement() {
        return new Weight(100 - percent);
    }

    @Override
    public int compareTo(Weight other) {
        return Integer.compare(percent, other.percent);
    }

    @Override
    public String toString() {
        return percent + " %";
    }
}
