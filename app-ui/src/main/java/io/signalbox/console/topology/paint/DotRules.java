package io.signalbox.console.topology.paint;

/** How traffic becomes dots: how many run on an edge, how fast, and which of them are failures. */
public final class DotRules {

    /** The most dots on all edges together. */
    public static final int MOST = 1_500;

    /** Above this many edges dots start switched off. */
    public static final int MOST_EDGES = 1_500;

    private static final int MOST_AN_EDGE = 16;
    private static final double SLOWEST = 40;
    private static final double FASTEST = 160;

    private DotRules() {}

    /** Dots on an edge: none without traffic, then 1 to 16, slowly growing. */
    public static int count(double requestsPerSecond) {
        if (requestsPerSecond <= 0) {
            return 0;
        }
        long wanted = Math.round(1.3 * Math.log(1 + requestsPerSecond / 4) / Math.log(2));
        return Math.clamp(wanted, 1, MOST_AN_EDGE);
    }

    /** Pixels a second at 100 %: slow calls crawl. */
    public static double speed(double p50Millis) {
        return Math.clamp(140 - 35 * Math.log10(p50Millis), SLOWEST, FASTEST);
    }

    /** Whether any call failed in the window. */
    public enum Errors {
        NONE,
        SOME
    }
}
