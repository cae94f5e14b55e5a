package io.signalbox.console.faults;

import io.signalbox.console.screen.Feedback;
import io.signalbox.console.screen.MeshScreen;
import io.signalbox.console.screen.Workbench;
import io.signalbox.console.shell.ScreenId;
import io.signalbox.console.widget.ViewState;
import io.signalbox.mesh.model.status.MeshSnapshot;
import java.util.List;

/** The load and faults screen: how much the scenario asks of the mesh, and what it breaks on purpose. */
public final class FaultsScreen extends MeshScreen {

    private final FaultsViewModel model;
    private final FaultsView view;

    public FaultsScreen(Workbench bench) {
        this(bench, new FaultsViewModel(bench.commands(), bench.operator(), new Feedback(bench).onFailure()));
    }

    private FaultsScreen(Workbench bench, FaultsViewModel model) {
        this(bench, model, new FaultsView(model, bench));
    }

    private FaultsScreen(Workbench bench, FaultsViewModel model, FaultsView view) {
        super(ScreenId.FAULTS, bench, view.page());
        this.model = model;
        this.view = view;
    }

    @Override
    protected void update(MeshSnapshot snapshot) {
        model.update(snapshot);
        view.refresh();
    }

    @Override
    protected ViewState state(MeshSnapshot snapshot) {
        return snapshot.scenario() == null
                ? new ViewState.Empty(
                        bench().texts().get("faults.empty"), bench().texts().get("faults.empty.why"), List.of())
                : new ViewState.Ready();
    }

    @Override
    protected void block(String why) {
        view.block(why);
    }

    /** Marks a fault by its name, or those of a service. */
    @Override
    public void reveal(String target) {
        view.reveal(target);
    }
}
