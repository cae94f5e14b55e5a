package io.signalbox.mesh.whatif;

import io.signalbox.mesh.explain.LotRange;
import io.signalbox.mesh.explain.ScriptedDraws;
import io.signalbox.mesh.routing.RouteDecision;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Every way in which the draws for one request may fall, under two policies at once: both draw the same lots. What is known
 * of a lot leaves one way; of what nobody drew each way has its chance. For one thread.
 */
final class Ways {

    /** Beyond so many ways nothing is said. */
    static final int MOST = 1_000;

    /** One way, and where it leads. */
    record Way(double chance, RouteDecision before, RouteDecision after) {}

    private final Side.Asked before;
    private final Side.Asked after;
    private final List<LotRange> known;
    private final Supplier<NavigableSet<Integer>> bounding;
    private @Nullable NavigableSet<Integer> bounds;
    private final List<Way> ways = new ArrayList<>();

    private Ways(Side.Asked before, Side.Asked after, List<LotRange> known, Supplier<NavigableSet<Integer>> bounding) {
        this.before = before;
        this.after = after;
        this.known = known;
        this.bounding = bounding;
    }

    /**
     * All of them; {@code null} when there are too many.
     *
     * @param known the first lots that were drawn
     * @param bounding tells the bounds of both policies' draws
     */
    static @Nullable List<Way> of(
            Side.Asked before, Side.Asked after, List<LotRange> known, Supplier<NavigableSet<Integer>> bounding) {
        boolean otherDraws = before.chance() == Side.Chance.BY_A_NEW_KEY || after.chance() == Side.Chance.BY_A_NEW_KEY;
        Ways all = new Ways(before, after, otherDraws ? List.of() : known, bounding);
        return all.follow(1, new int[0]) ? all.ways : null;
    }

    private boolean follow(double chance, int[] lots) {
        ScriptedDraws first = new ScriptedDraws(lots);
        ScriptedDraws second = new ScriptedDraws(lots);
        RouteDecision was = before.decide(first);
        RouteDecision is = after.decide(second);
        if (Math.max(first.drawn(), second.drawn()) <= lots.length) {
            ways.add(new Way(chance, was, is));
            return ways.size() <= MOST;
        }
        LotRange range = lots.length < known.size() ? known.get(lots.length) : LotRange.ANY;
        int[] next = Arrays.copyOf(lots, lots.length + 1);
        int width = range.to() - range.from();
        for (int from = range.from(); from < range.to(); ) {
            int to = width == 1 ? range.to() : next(from, range.to());
            next[lots.length] = from;
            if (!follow(chance * (to - from) / width, next)) {
                return false;
            }
            from = to;
        }
        return true;
    }

    private int next(int from, int end) {
        NavigableSet<Integer> known = bounds == null ? bounding.get() : bounds;
        bounds = known;
        Integer bound = known.higher(from);
        return bound == null ? end : Math.min(end, bound);
    }
}
