package io.signalbox.console.requests;

import io.signalbox.console.requests.RequestsViewModel.Reading;
import io.signalbox.console.screen.MeshScreen;
import io.signalbox.console.screen.Workbench;
import io.signalbox.console.shell.ScreenId;
import io.signalbox.console.widget.Action;
import io.signalbox.console.widget.ViewState;
import io.signalbox.mesh.model.status.MeshSnapshot;
import io.signalbox.mesh.model.status.VersionShare;
import java.util.List;
import java.util.stream.Collectors;
import javafx.collections.ListChangeListener;

/** The requests screen: what ended just now, and why one of them went where it went. */
public final class RequestsScreen extends MeshScreen {

    private final RequestsViewModel model;
    private final RequestsView view;
    private String revealing = "";

    public RequestsScreen(Workbench bench) {
        this(bench, new RequestsViewModel(bench.commands(), bench.scheduler()));
    }

    private RequestsScreen(Workbench bench, RequestsViewModel model) {
        this(bench, model, new RequestsView(model, new WalkViewModel(bench.commands(), bench.scheduler()), bench));
    }

    private RequestsScreen(Workbench bench, RequestsViewModel model, RequestsView view) {
        super(ScreenId.REQUESTS, bench, view.page());
        this.model = model;
        this.view = view;
        model.rows().addListener((ListChangeListener<Object>) change -> {
            view.refresh();
            refreshState();
            if (!revealing.isEmpty() && revealing.equals(model.filter().get()) && view.choose(revealing)) {
                revealing = "";
            }
        });
        model.reading().subscribe(now -> refreshState());
    }

    @Override
    protected void update(MeshSnapshot snapshot) {
        model.retry();
        view.setCandidates(snapshot.splits().stream()
                .flatMap(split -> split.versions().stream()
                        .filter(version -> version.role() == VersionShare.Role.CANDIDATE)
                        .map(version -> split.service() + " " + version.version()))
                .collect(Collectors.toSet()));
    }

    @Override
    protected ViewState state(MeshSnapshot snapshot) {
        if (model.total() > 0 || !model.filter().get().isBlank()) {
            return new ViewState.Ready();
        }
        return switch (model.reading().get()) {
            case Reading.Asked() -> new ViewState.Loading(text("screen.requests"));
            case Reading.Live() ->
                new ViewState.Empty(
                        text("requests.empty"),
                        text("requests.empty.why"),
                        List.of(new Action(
                                text("requests.empty.action"),
                                () -> bench().shell().open(ScreenId.FAULTS))));
            case Reading.Failed(String why) ->
                new ViewState.Failed(text("requests.failed"), text("requests.failed.why"), why, List.of());
        };
    }

    @Override
    protected void opened() {
        model.open();
        view.focusList();
    }

    @Override
    protected void closed() {
        model.close();
        revealing = "";
    }

    @Override
    public void focusFilter() {
        view.filter().edit();
    }

    /**
     * Explains the request of that id if it is listed; else leaves only those with this in their names or path, and
     * explains it as soon as it comes.
     */
    @Override
    public void reveal(String target) {
        revealing = view.choose(target) ? "" : target;
        if (!revealing.isEmpty()) {
            model.filter().set(target);
        }
    }

    private String text(String key) {
        return bench().texts().get(key);
    }
}
