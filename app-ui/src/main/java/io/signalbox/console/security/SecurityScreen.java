package io.signalbox.console.security;

import io.signalbox.console.screen.MeshScreen;
import io.signalbox.console.screen.Workbench;
import io.signalbox.console.shell.ScreenId;
import io.signalbox.console.widget.Action;
import io.signalbox.console.widget.ViewState;
import io.signalbox.mesh.model.status.MeshSnapshot;
import java.util.List;

/** The security screen: who may call whom, who was denied and why, and the certificates with the time they have left. */
public final class SecurityScreen extends MeshScreen {

    private final SecurityViewModel model;
    private final SecurityView view;

    public SecurityScreen(Workbench bench) {
        this(bench, new SecurityViewModel(bench.commands(), bench.operator()));
    }

    private SecurityScreen(Workbench bench, SecurityViewModel model) {
        this(bench, model, new SecurityView(model, bench));
    }

    private SecurityScreen(Workbench bench, SecurityViewModel model, SecurityView view) {
        super(ScreenId.SECURITY, bench, view.page());
        this.model = model;
        this.view = view;
        model.status().subscribe((before, now) -> refreshState());
        model.failure().subscribe((before, now) -> refreshState());
    }

    @Override
    protected void update(MeshSnapshot snapshot) {
        model.update(snapshot);
        view.refresh(snapshot.at());
    }

    @Override
    protected ViewState state(MeshSnapshot snapshot) {
        if (model.status().get().isPresent()) {
            return model.total(Part.ACCESS) + model.total(Part.IDENTITIES) == 0
                    ? new ViewState.Empty(text("security.empty"), text("security.empty.why"), List.of())
                    : new ViewState.Ready();
        }
        String why = model.failure().get();
        return why == null
                ? new ViewState.Loading(text(ScreenId.SECURITY.titleKey()))
                : new ViewState.Failed(
                        text("security.failed"),
                        text("security.failed.why"),
                        why,
                        List.of(new Action(text("security.failed.again"), model::read)));
    }

    @Override
    protected void block(String why) {
        view.block(why);
    }

    @Override
    public void focusFilter() {
        view.filter().edit();
    }

    /** Leaves only what concerns a service, or shows what was denied. */
    @Override
    public void reveal(String target) {
        if (target.contains("->")) {
            view.open(Part.DENIED);
            model.filter().set(target.substring(0, target.indexOf("->")));
        } else {
            model.filter().set(target);
        }
    }

    private String text(String key) {
        return bench().texts().get(key);
    }
}
