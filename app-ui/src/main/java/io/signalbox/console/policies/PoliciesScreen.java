package io.signalbox.console.policies;

import io.signalbox.console.screen.MeshScreen;
import io.signalbox.console.screen.Page;
import io.signalbox.console.screen.Workbench;
import io.signalbox.console.shell.ScreenId;
import io.signalbox.console.widget.ViewState;
import io.signalbox.mesh.model.status.MeshSnapshot;
import java.util.List;

/** The policies screen: what holds for each service, and the place to change it. */
public final class PoliciesScreen extends MeshScreen {

    private final PoliciesViewModel model;
    private final PoliciesView view;

    public PoliciesScreen(Workbench bench) {
        this(bench, new PoliciesViewModel(bench.commands(), bench.scheduler(), bench.operator()));
    }

    private PoliciesScreen(Workbench bench, PoliciesViewModel model) {
        this(bench, model, new PoliciesView(model, bench));
    }

    private PoliciesScreen(Workbench bench, PoliciesViewModel model, PoliciesView view) {
        super(ScreenId.POLICIES, bench, view.page());
        this.model = model;
        this.view = view;
        model.reading().subscribe(now -> refreshState());
        model.unread().subscribe(unread -> {
            view.page().showUnread(unread);
            refreshState();
        });
    }

    @Override
    protected void update(MeshSnapshot snapshot) {
        model.follow(snapshot.eventSequence());
    }

    @Override
    protected ViewState state(MeshSnapshot snapshot) {
        return switch (model.reading().get()) {
            case Reading.Asked() -> new ViewState.Loading(text("screen.policies"));
            case Reading.Told() ->
                model.total() > 0
                        ? new ViewState.Ready()
                        : model.unread().get().isEmpty()
                                ? new ViewState.Empty(text("policies.empty"), text("policies.empty.why"), List.of())
                                : new ViewState.Failed(
                                        text("policies.failed"),
                                        text("policies.unread.why"),
                                        Page.unread(bench(), model.unread().get()),
                                        List.of());
            case Reading.Failed(String why) ->
                new ViewState.Failed(text("policies.failed"), text("policies.failed.why"), why, List.of());
        };
    }

    @Override
    protected void block(String why) {
        view.block(why);
    }

    @Override
    protected void opened() {
        model.resume();
        view.focusList();
    }

    @Override
    protected void closed() {
        model.close();
    }

    @Override
    public void focusFilter() {
        view.filter().edit();
    }

    /** Opens the policy of that service. */
    @Override
    public void reveal(String target) {
        model.filter().set("");
        model.open(target);
    }

    private String text(String key) {
        return bench().texts().get(key);
    }
}
