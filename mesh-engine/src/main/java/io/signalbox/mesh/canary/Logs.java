package io.signalbox.mesh.canary;

import java.util.List;

/** Sums of numbers that are given, and wanted, as logarithms. */
final class Logs {

    private Logs() {}

    /** ln(e^a + e^b), without overflow. */
    static double sum(double a, double b) {
        double greater = Math.max(a, b);
        return greater + Math.log1p(Math.exp(Math.min(a, b) - greater));
    }

    /** ln of the sum of e^x over all x. */
    static double sum(List<Double> logs) {
        double greatest = logs.getFirst();
        for (double log : logs) {
            greatest = Math.max(greatest, log);
        }
        double sum = 0;
        for (double log : logs) {
            sum += Math.exp(log - greatest);
        }
        return greatest + Math.log(sum);
    }
}
