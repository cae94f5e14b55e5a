package io.signalbox.console.topology.layout;

import java.util.List;

/**
 * A line on which dots run: curves end to end, with points at even distances so that a place on it costs no arithmetic
 * on curves.
 */
public final class Track {

    /** The distance between two kept points, in graph units. */
    private static final double STEP = 5;

    private static final int PIECES = 24;

    private final List<Cubic> curves;
    private final float[] xs;
    private final float[] ys;
    private final double length;
    private final double step;
    private final Box bounds;

    Track(List<Cubic> curves) {
        this.curves = List.copyOf(curves);
        float[] fineX = new float[curves.size() * PIECES + 1];
        float[] fineY = new float[curves.size() * PIECES + 1];
        double[] along = new double[curves.size() * PIECES + 1];
        measure(fineX, fineY, along);
        length = along[along.length - 1];
        int points = Math.max(2, (int) Math.round(length / STEP) + 1);
        step = length / (points - 1);
        xs = new float[points];
        ys = new float[points];
        spread(fineX, fineY, along);
        bounds = boundsOf(xs, ys);
    }

    private void measure(float[] fineX, float[] fineY, double[] along) {
        fineX[0] = (float) curves.getFirst().x0();
        fineY[0] = (float) curves.getFirst().y0();
        int at = 1;
        for (Cubic curve : curves) {
            for (int piece = 1; piece <= PIECES; piece++, at++) {
                fineX[at] = (float) curve.xAt((double) piece / PIECES);
                fineY[at] = (float) curve.yAt((double) piece / PIECES);
                along[at] = along[at - 1] + Math.hypot(fineX[at] - fineX[at - 1], fineY[at] - fineY[at - 1]);
            }
        }
    }

    private void spread(float[] fineX, float[] fineY, double[] along) {
        int piece = 0;
        for (int i = 0; i < xs.length; i++) {
            double wanted = Math.min(length, i * step);
            while (piece < along.length - 2 && along[piece + 1] < wanted) {
                piece++;
            }
            double span = along[piece + 1] - along[piece];
            double part = span == 0 ? 0 : Math.min(1, (wanted - along[piece]) / span);
            xs[i] = (float) (fineX[piece] + (fineX[piece + 1] - fineX[piece]) * part);
            ys[i] = (float) (fineY[piece] + (fineY[piece + 1] - fineY[piece]) * part);
        }
    }

    public List<Cubic> curves() {
        return curves;
    }

    public double length() {
        return length;
    }

    public Box bounds() {
        return bounds;
    }

    /** Where a dot is that has come that far; ends hold it. */
    public double x(double distance) {
        return at(xs, distance);
    }

    public double y(double distance) {
        return at(ys, distance);
    }

    private double at(float[] values, double distance) {
        if (step == 0 || distance <= 0) {
            return values[0];
        }
        double place = distance / step;
        int index = (int) place;
        if (index >= values.length - 1) {
            return values[values.length - 1];
        }
        return values[index] + (values[index + 1] - values[index]) * (place - index);
    }

    /** The shortest distance from a point to the line. */
    public double distanceTo(double px, double py) {
        double nearest = Double.MAX_VALUE;
        for (int i = 0; i < xs.length - 1; i++) {
            nearest = Math.min(nearest, toSegment(px, py, xs[i], ys[i], xs[i + 1], ys[i + 1]));
        }
        return nearest;
    }

    /** Whether the line passes through a box. */
    public boolean crosses(Box box) {
        if (!bounds.grown(0.5).intersects(box)) {
            return false;
        }
        for (int i = 0; i < xs.length; i++) {
            if (box.contains(xs[i], ys[i])) {
                return true;
            }
        }
        return false;
    }

    private static double toSegment(double px, double py, double x0, double y0, double x1, double y1) {
        double dx = x1 - x0;
        double dy = y1 - y0;
        double square = dx * dx + dy * dy;
        double part = square == 0 ? 0 : Math.clamp(((px - x0) * dx + (py - y0) * dy) / square, 0.0, 1.0);
        return Math.hypot(px - x0 - dx * part, py - y0 - dy * part);
    }

    private static Box boundsOf(float[] xs, float[] ys) {
        float left = Float.MAX_VALUE;
        float top = Float.MAX_VALUE;
        float right = -Float.MAX_VALUE;
        float bottom = -Float.MAX_VALUE;
        for (int i = 0; i < xs.length; i++) {
            left = Math.min(left, xs[i]);
            right = Math.max(right, xs[i]);
            top = Math.min(top, ys[i]);
            bottom = Math.max(bottom, ys[i]);
        }
        return new Box(left, top, right - left, bottom - top);
    }
}
