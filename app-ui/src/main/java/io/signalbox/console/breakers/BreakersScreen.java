package io.signalbox.console.breakers;

import io.signalbox.console.screen.MeshScreen;
import io.signalbox.console.screen.Workbench;
import io.signalbox.console.shell.ScreenId;
import io.signalbox.console.widget.Action;
import io.signalbox.console.widget.ViewState;
import io.signalbox.mesh.model.EdgeId;
import io.signalbox.mesh.model.status.MeshSnapshot;
import io.signalbox.mesh.time.Scheduler;
import java.time.Duration;
import java.util.List;

/** The breakers screen: a board with a tile for each circuit, by edge, worst first. */
public final class BreakersScreen extends MeshScreen {

    private static final Duration TICK = Duration.ofMillis(250);

    private final BreakersView board;
    private final BreakersViewModel model;
    private Scheduler.Cancellable ticking = () -> {};

    public BreakersScreen(Workbench bench) {
        this(bench, new BreakersViewModel(bench.commands(), bench.operator()));
    }

    private BreakersScreen(Workbench bench, BreakersViewModel model) {
        this(bench, model, new BreakersView(model, bench));
    }

    private BreakersScreen(Workbench bench, BreakersViewModel model, BreakersView board) {
        super(ScreenId.BREAKERS, bench, board.page());
        this.model = model;
        this.board = board;
    }

    @Override
    protected void update(MeshSnapshot snapshot) {
        model.update(snapshot);
        board.refresh();
    }

    @Override
    protected ViewState state(MeshSnapshot snapshot) {
        return snapshot.breakers().isEmpty()
                ? new ViewState.Empty(
                        bench().texts().get("breakers.empty"),
                        bench().texts().get("breakers.empty.why"),
                        List.of(new Action(
                                bench().texts().get("breakers.empty.action"),
                                () -> bench().shell().open(ScreenId.SERVICES))))
                : new ViewState.Ready();
    }

    @Override
    protected void block(String why) {
        board.block(why);
    }

    @Override
    protected void opened() {
        ticking = bench().scheduler().scheduleEvery(TICK, board::tick);
    }

    @Override
    protected void closed() {
        ticking.cancel();
        board.rest();
        model.release();
    }

    @Override
    public void focusFilter() {
        board.filter().edit();
    }

    /** Shows a circuit's detail, an edge's tiles, or everything with a name in it. */
    @Override
    public void reveal(String target) {
        model.find(target).ifPresentOrElse(board::choose, () -> {
            if (target.contains("->")) {
                model.groupOf(EdgeId.parse(target)).ifPresent(board::open);
            } else {
                model.filter().set(target);
            }
        });
    }
}
