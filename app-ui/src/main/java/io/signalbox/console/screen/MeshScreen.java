package io.signalbox.console.screen;

import io.signalbox.console.feed.Link;
import io.signalbox.console.shell.Screen;
import io.signalbox.console.shell.ScreenId;
import io.signalbox.console.widget.StateHost;
import io.signalbox.console.widget.ViewState;
import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.model.status.MeshSnapshot;
import java.util.List;
import javafx.scene.Node;
import javafx.util.Subscription;

/**
 * A screen that follows the feed while it is shown, greys when the connection is lost, and says why when it has
 * nothing to show.
 */
public abstract class MeshScreen implements Screen {

    private final ScreenId id;
    private final Workbench bench;
    private final StateHost host;
    private MeshConnection.Subscription snapshots = () -> {};
    private Subscription link = Subscription.EMPTY;

    protected MeshScreen(ScreenId id, Workbench bench, Node content) {
        this.id = id;
        this.bench = bench;
        host = new StateHost(content, bench.scheduler());
    }

    @Override
    public final ScreenId id() {
        return id;
    }

    @Override
    public final Node view() {
        return host;
    }

    @Override
    public final void shown() {
        if (bench.feed().snapshotProperty().get().isEmpty()) {
            host.stateProperty().set(waiting());
        }
        link = Subscription.combine(
                bench.feed().linkProperty().subscribe(this::linked),
                bench.commands()
                        .locked()
                        .subscribe((before, now) ->
                                linked(bench.feed().linkProperty().get())));
        snapshots = bench.feed().observe(this::take);
        opened();
    }

    @Override
    public final void hidden() {
        closed();
        snapshots.close();
        link.unsubscribe();
    }

    protected final Workbench bench() {
        return bench;
    }

    /** Takes in a newer picture. */
    protected abstract void update(MeshSnapshot snapshot);

    /** Whether there is something to show, and if not, why. */
    protected abstract ViewState state(MeshSnapshot snapshot);

    /**
     * Turns what changes the mesh off, or on again.
     *
     * @param why nothing can be changed now; empty while it can
     */
    protected void block(String why) {}

    /** Called after the screen has come into the window, with the newest picture already taken in. */
    protected void opened() {}

    /** Called before the screen leaves the window. */
    protected void closed() {}

    /** Asks again whether there is something to show, as after a change of a filter. */
    protected final void refreshState() {
        bench.feed().snapshotProperty().get().ifPresent(this::showState);
    }

    private void take(MeshSnapshot snapshot) {
        update(snapshot);
        showState(snapshot);
    }

    private void showState(MeshSnapshot snapshot) {
        ViewState next = state(snapshot);
        ViewState now = host.stateProperty().get();
        if (!sameKind(now, next)) {
            host.stateProperty().set(next);
        }
    }

    private void linked(Link now) {
        host.staleProperty().set(now instanceof Link.Lost);
        String locked = bench.commands().locked().get() ? bench.texts().get("screen.locked") : "";
        block(now instanceof Link.Lost ? bench.texts().get("screen.blocked") : locked);
        boolean nothingYet = bench.feed().snapshotProperty().get().isEmpty();
        if (nothingYet && now instanceof Link.Lost(String why, var since)) {
            host.stateProperty()
                    .set(new ViewState.Failed(
                            bench.texts().get("screen.lost"), bench.texts().get("shell.lost.retry"), why, List.of()));
        }
    }

    private ViewState waiting() {
        return new ViewState.Loading(bench.texts().get(id.titleKey()));
    }

    private static boolean sameKind(ViewState now, ViewState next) {
        return now.equals(next) || (now instanceof ViewState.Ready && next instanceof ViewState.Ready);
    }
}
