package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.canary.rollout.Rollout;
import io.signalbox.mesh.client.RolloutRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The rollouts of one service: the one that goes on or ended last, and those that wait. Immutable.
 *
 * @param last the number of the newest that was asked for
 * @param seen the revision of the store that wrote this; 0 when nothing did
 */
record RolloutBook(String service, long last, Optional<Entry> current, List<Entry> queue, long seen) {

    /** One rollout, and how it was asked for. */
    record Entry(RolloutRequest request, Rollout rollout) {

        Entry with(Rollout after) {
            return new Entry(request, after);
        }
    }

    RolloutBook {
        queue = List.copyOf(queue);
    }

    static RolloutBook empty(String service) {
        return new RolloutBook(service, 0, Optional.empty(), List.of(), 0);
    }

    /** The one that has begun and has not ended. */
    Optional<Entry> active() {
        return current.filter(entry -> !entry.rollout().ended());
    }

    /** Whose turn it is, when it is somebody's. */
    Optional<Entry> next() {
        return active().isPresent() || queue.isEmpty() ? Optional.empty() : Optional.of(queue.getFirst());
    }

    /** What is known here of a rollout; that it waits, when nothing is. */
    Rollout of(Rollout now) {
        return Stream.concat(current.stream(), queue.stream())
                .map(Entry::rollout)
                .filter(known -> known.number() == now.number())
                .findFirst()
                .orElseGet(() -> Rollout.queued(now.number(), now.plan(), now.asked(), now.askedAt()));
    }

    RolloutBook queued(Entry entry) {
        List<Entry> more = new ArrayList<>(queue);
        more.add(entry);
        return new RolloutBook(service, entry.rollout().number(), current, more, seen);
    }

    /** An entry as it is now, whether it waited or not. */
    RolloutBook with(Entry entry) {
        return new RolloutBook(
                service, last, Optional.of(entry), others(entry.rollout().number()), seen);
    }

    /** Without one that waited. */
    RolloutBook without(long number) {
        return new RolloutBook(service, last, current, others(number), seen);
    }

    RolloutBook seenAt(long revision) {
        return new RolloutBook(service, last, current, queue, revision);
    }

    private List<Entry> others(long number) {
        return queue.stream()
                .filter(entry -> entry.rollout().number() != number)
                .toList();
    }
}
