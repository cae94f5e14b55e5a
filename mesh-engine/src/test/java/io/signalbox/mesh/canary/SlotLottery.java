package io.signalbox.mesh.canary;

import java.util.ArrayDeque;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;

/** Draws the slot of a log-normal latency in two steps, however many slots there are (Walker's alias method). */
final class SlotLottery {

    private record Shape(double medianNanos, double spread) {}

    private static final Map<Shape, SlotLottery> MADE = new ConcurrentHashMap<>();

    private final double[] keep = new double[Latencies.SLOTS];
    private final int[] other = new int[Latencies.SLOTS];

    private SlotLottery(Shape shape) {
        ArrayDeque<Integer> poor = new ArrayDeque<>();
        ArrayDeque<Integer> rich = new ArrayDeque<>();
        for (int slot = 0; slot < Latencies.SLOTS; slot++) {
            double end = slot == Latencies.SLOTS - 1 ? 1 : below(shape, Latencies.beginNanos(slot + 1));
            keep[slot] = Latencies.SLOTS * (end - below(shape, Latencies.beginNanos(slot)));
            other[slot] = slot;
            (keep[slot] < 1 ? poor : rich).add(slot);
        }
        while (!poor.isEmpty() && !rich.isEmpty()) {
            int from = rich.poll();
            int to = poor.poll();
            other[to] = from;
            keep[from] -= 1 - keep[to];
            (keep[from] < 1 ? poor : rich).add(from);
        }
    }

    static SlotLottery of(double medianNanos, double spread) {
        return MADE.computeIfAbsent(new Shape(medianNanos, spread), SlotLottery::new);
    }

    int draw(SplittableRandom random) {
        double place = random.nextDouble() * Latencies.SLOTS;
        int slot = (int) place;
        return place - slot < keep[slot] ? slot : other[slot];
    }

    private static double below(Shape shape, double nanos) {
        return nanos <= 0 ? 0 : normalBelow(Math.log(nanos / shape.medianNanos()) / shape.spread());
    }

    /** The standard normal distribution, by the series of Marsaglia (2004); good to 15 digits within 8. */
    private static double normalBelow(double x) {
        if (Math.abs(x) > 8) {
            return x < 0 ? 0 : 1;
        }
        double sum = x;
        double term = x;
        for (int i = 3; Math.abs(term) > 1e-17; i += 2) {
            term *= x * x / i;
            sum += term;
        }
        return 0.5 + sum * Math.exp(-x * x / 2 - 0.9189385332046727);
    }
}
