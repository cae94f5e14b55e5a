package io.signalbox.console.rollouts;

import io.signalbox.console.screen.MeshScreen;
import io.signalbox.console.screen.Workbench;
import io.signalbox.console.shell.ScreenId;
import io.signalbox.console.widget.Action;
import io.signalbox.console.widget.ViewState;
import io.signalbox.mesh.model.status.MeshSnapshot;
import java.util.List;

/** The rollouts screen: how each stands and why, what can be done about it, and a way to start one. */
public final class RolloutsScreen extends MeshScreen {

    private final RolloutsViewModel model;
    private final RolloutsView view;
    private final Action start;
    private final Action again;
    private String blocked = "";

    public RolloutsScreen(Workbench bench) {
        this(bench, new RolloutsViewModel(bench.commands(), bench.scheduler(), bench.operator()));
    }

    private RolloutsScreen(Workbench bench, RolloutsViewModel model) {
        this(bench, model, new RolloutsView(model, bench));
    }

    private RolloutsScreen(Workbench bench, RolloutsViewModel model, RolloutsView view) {
        super(ScreenId.ROLLOUTS, bench, view.page());
        this.model = model;
        this.view = view;
        start = new Action(text("rollouts.start"), view::start);
        again = new Action(text("rollouts.failed.again"), model::read);
        model.told().subscribe((before, now) -> refreshState());
        model.chosen().subscribe((before, now) -> refreshState());
        model.failure().subscribe((before, now) -> refreshState());
    }

    @Override
    protected void update(MeshSnapshot snapshot) {
        model.update(snapshot);
        view.refresh();
    }

    @Override
    protected ViewState state(MeshSnapshot snapshot) {
        if (!model.rows().isEmpty()) {
            return new ViewState.Ready();
        }
        String why = model.failure().get();
        if (why != null) {
            return new ViewState.Failed(text("rollouts.failed"), text("rollouts.failed.why"), why, List.of(again));
        }
        return model.told().get()
                ? new ViewState.Empty(
                        text("rollouts.empty"),
                        text("rollouts.empty.why"),
                        blocked.isEmpty() ? List.of(start) : List.of())
                : new ViewState.Loading(text(ScreenId.ROLLOUTS.titleKey()));
    }

    @Override
    protected void block(String why) {
        blocked = why;
        view.block(why);
        refreshState();
    }

    @Override
    protected void opened() {
        model.shelf().open();
    }

    @Override
    protected void closed() {
        model.shelf().close();
        view.leave();
    }

    /** Looks at a service's rollout. */
    @Override
    public void reveal(String target) {
        model.reveal(target);
    }

    private String text(String key) {
        return bench().texts().get(key);
    }
}
