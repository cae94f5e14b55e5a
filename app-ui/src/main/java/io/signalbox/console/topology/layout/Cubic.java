package io.signalbox.console.topology.layout;

/** One piece of a track: a cubic Bézier curve from (x0, y0) to (x3, y3). */
public record Cubic(double x0, double y0, double x1, double y1, double x2, double y2, double x3, double y3) {

    static Cubic line(double x0, double y0, double x1, double y1) {
        return new Cubic(
                x0, y0, x0 + (x1 - x0) / 3, y0 + (y1 - y0) / 3, x0 + (x1 - x0) * 2 / 3, y0 + (y1 - y0) * 2 / 3, x1, y1);
    }

    /** The usual bend between two cards: level at both ends, control points at least 24 away. */
    static Cubic bend(double x0, double y0, double x1, double y1) {
        double reach = Math.copySign(Math.max(24, Math.abs(x1 - x0) / 2), x1 - x0);
        return new Cubic(x0, y0, x0 + reach, y0, x1 - reach, y1, x1, y1);
    }

    double xAt(double t) {
        double u = 1 - t;
        return u * u * u * x0 + 3 * u * u * t * x1 + 3 * u * t * t * x2 + t * t * t * x3;
    }

    double yAt(double t) {
        double u = 1 - t;
        return u * u * u * y0 + 3 * u * u * t * y1 + 3 * u * t * t * y2 + t * t * t * y3;
    }

    boolean straight() {
        return y0 == y3 && y1 == y0 && y2 == y0;
    }
}
