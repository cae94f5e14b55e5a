package io.signalbox.console.events;

import io.signalbox.console.screen.MeshScreen;
import io.signalbox.console.screen.Workbench;
import io.signalbox.console.shell.ScreenId;
import io.signalbox.console.widget.ViewState;
import io.signalbox.mesh.model.status.MeshSnapshot;
import java.util.List;
import javafx.collections.ListChangeListener;

/** The events screen: what happened in the mesh, newest first. */
public final class EventsScreen extends MeshScreen {

    private final EventsViewModel model;
    private final EventsView view;

    public EventsScreen(Workbench bench) {
        this(bench, new EventWords(bench.texts(), bench.formats()));
    }

    private EventsScreen(Workbench bench, EventWords words) {
        this(bench, words, new EventsViewModel(bench.commands(), words::searched));
    }

    private EventsScreen(Workbench bench, EventWords words, EventsViewModel model) {
        this(bench, model, new EventsView(model, bench, words));
    }

    private EventsScreen(Workbench bench, EventsViewModel model, EventsView view) {
        super(ScreenId.EVENTS, bench, view.page());
        this.model = model;
        this.view = view;
        model.rows().addListener((ListChangeListener<Object>) change -> {
            view.refresh();
            refreshState();
        });
        model.failure().subscribe((before, now) -> refreshState());
    }

    @Override
    protected void update(MeshSnapshot snapshot) {
        model.update(snapshot);
        view.refresh();
    }

    @Override
    protected ViewState state(MeshSnapshot snapshot) {
        if (model.total() > 0) {
            return new ViewState.Ready();
        }
        String why = model.failure().get();
        return why == null
                ? new ViewState.Empty(
                        bench().texts().get("events.empty"), bench().texts().get("events.empty.why"), List.of())
                : new ViewState.Failed(
                        bench().texts().get("events.failed"), bench().texts().get("events.failed.why"), why, List.of());
    }

    @Override
    protected void closed() {
        model.release();
    }

    @Override
    public void focusFilter() {
        view.filter().edit();
    }

    /** Leaves only what concerns a service, an edge, a circuit or an instance. */
    @Override
    public void reveal(String target) {
        model.filter().set(target);
    }
}
