package io.signalbox.console.history;

import io.signalbox.console.screen.MeshScreen;
import io.signalbox.console.screen.Workbench;
import io.signalbox.console.shell.ScreenId;
import io.signalbox.console.widget.Action;
import io.signalbox.console.widget.ViewState;
import io.signalbox.mesh.model.status.MeshSnapshot;
import java.util.List;
import javafx.collections.ListChangeListener;

/** The history screen: who changed what, when and why, what that did, and the way back. */
public final class HistoryScreen extends MeshScreen {

    private final HistoryViewModel model;
    private final HistoryView view;

    public HistoryScreen(Workbench bench) {
        this(bench, new HistoryViewModel(bench.commands(), bench.operator()));
    }

    private HistoryScreen(Workbench bench, HistoryViewModel model) {
        this(bench, model, new HistoryView(model, bench));
    }

    private HistoryScreen(Workbench bench, HistoryViewModel model, HistoryView view) {
        super(ScreenId.HISTORY, bench, view.page());
        this.model = model;
        this.view = view;
        model.rows().addListener((ListChangeListener<Object>) change -> view.result());
        model.told().subscribe((before, now) -> refreshState());
        model.failure().subscribe((before, now) -> refreshState());
    }

    @Override
    protected void update(MeshSnapshot snapshot) {
        model.update(snapshot);
    }

    @Override
    protected ViewState state(MeshSnapshot snapshot) {
        if (model.total() > 0) {
            return new ViewState.Ready();
        }
        String why = model.failure().get();
        if (why != null) {
            return new ViewState.Failed(
                    text("history.failed"),
                    text("history.failed.why"),
                    why,
                    List.of(new Action(text("history.failed.again"), model::readNewest)));
        }
        return model.told().get()
                ? new ViewState.Empty(text("history.empty"), text("history.empty.why"), List.of())
                : new ViewState.Loading(text(ScreenId.HISTORY.titleKey()));
    }

    @Override
    protected void block(String why) {
        view.block(why);
    }

    @Override
    public void focusFilter() {
        view.filter().edit();
    }

    /** Leaves only what concerns a service, an instance or a circuit. */
    @Override
    public void reveal(String target) {
        model.filter().set("service:" + target);
    }

    private String text(String key) {
        return bench().texts().get(key);
    }
}
