package io.signalbox.console.rollouts;

import io.signalbox.console.control.Commands;
import io.signalbox.console.control.LatestWins;
import io.signalbox.console.control.Outcome;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.Weight;
import io.signalbox.mesh.model.status.MeshSnapshot;
import io.signalbox.mesh.model.status.RolloutStatus;
import java.util.Map;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/** The share of the chosen rollout's candidate, and the hand on it. Belongs to the user-interface thread. */
final class LeverViewModel {

    private final LatestWins<Move> sender;
    private final Runnable moved;
    private final ReadOnlyObjectWrapper<Optional<Lever>> lever =
            new ReadOnlyObjectWrapper<>(this, "lever", Optional.empty());
    private final ReadOnlyObjectWrapper<@Nullable String> refusal = new ReadOnlyObjectWrapper<>(this, "refusal", null);

    /**
     * A lever of nothing yet.
     *
     * @param by whose name the changes carry
     * @param moved told after each share that the mesh took
     */
    LeverViewModel(Commands commands, String by, Runnable moved) {
        this.moved = moved;
        sender = new LatestWins<>(
                commands,
                (mesh, move) ->
                        mesh.setWeights(move.service(), Map.of(move.version(), move.weight()), new ChangeNote(by, "")),
                this::told);
    }

    /** Empty while there is no share to move. */
    ReadOnlyObjectProperty<Optional<Lever>> lever() {
        return lever.getReadOnlyProperty();
    }

    /** Why the last wish was refused; {@code null} where it was not, and from the next wish on. */
    ReadOnlyObjectProperty<@Nullable String> refusal() {
        return refusal.getReadOnlyProperty();
    }

    void update(Optional<RolloutStatus> chosen, Optional<MeshSnapshot> mesh) {
        Optional<RolloutRow.Key> before = lever.get().map(shown -> RolloutRow.key(shown.rollout()));
        if (!before.equals(chosen.map(RolloutRow::key))) {
            refusal.set(null);
        }
        lever.set(chosen.flatMap(rollout -> mesh.flatMap(now -> Lever.of(rollout, now))));
    }

    /** Asks for the candidate's share; while the mesh has not answered, only the newest wish is kept. */
    void ask(int percent) {
        lever.get().ifPresent(now -> {
            refusal.set(null);
            sender.send(new Move(now.rollout().service(), now.share().version(), new Weight(percent)));
        });
    }

    private void told(Outcome outcome) {
        switch (outcome) {
            case Outcome.Done() -> {
                refusal.set(null);
                moved.run();
            }
            case Outcome.Failed failed -> refusal.set(failed.message());
        }
    }

    private record Move(String service, String version, Weight weight) {}
}
