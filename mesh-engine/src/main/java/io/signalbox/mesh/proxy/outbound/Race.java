package io.signalbox.mesh.proxy.outbound;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Where a call stands while several of its attempts run side by side: at least two. */
final class Race implements OutboundCall.Step {

    private final List<Attempt> running;

    private Race(List<Attempt> running) {
        this.running = running;
    }

    /** One more joins those that run in that step. */
    static Race joined(OutboundCall.Step running, Attempt next) {
        List<Attempt> all = new ArrayList<>(attempts(running));
        all.add(next);
        return new Race(all);
    }

    /** The attempts that run and have not answered, in that step. */
    static List<Attempt> attempts(OutboundCall.Step step) {
        return switch (step) {
            case Attempt alone -> List.of(alone);
            case Race race -> List.copyOf(race.running);
            case OutboundCall.Between _, OutboundCall.Delivering _, OutboundCall.Over _ -> List.of();
        };
    }

    /** Gives up all that was under way in that step. */
    static void giveUp(OutboundCall.Step step, Consumer<Attempt> settle) {
        List<Attempt> underWay =
                step instanceof OutboundCall.Delivering(Attempt delivering) ? List.of(delivering) : attempts(step);
        for (Attempt attempt : underWay) {
            attempt.giveUp();
            settle.accept(attempt);
        }
    }

    int size() {
        return running.size();
    }

    boolean holds(Attempt attempt) {
        return running.contains(attempt);
    }

    /** What is left when that one has dropped out. */
    OutboundCall.Step without(Attempt attempt) {
        List<Attempt> left = new ArrayList<>(running);
        left.remove(attempt);
        return left.size() == 1 ? left.getFirst() : new Race(left);
    }
}
