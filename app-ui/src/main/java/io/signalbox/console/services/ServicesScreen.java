package io.signalbox.console.services;

import io.signalbox.console.control.PoliciesInForce;
import io.signalbox.console.screen.MeshScreen;
import io.signalbox.console.screen.Workbench;
import io.signalbox.console.shell.ScreenId;
import io.signalbox.console.widget.ViewState;
import io.signalbox.mesh.model.Fault;
import io.signalbox.mesh.model.TrafficPolicy;
import io.signalbox.mesh.model.status.MeshSnapshot;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The services screen: every instance with its state, what it carries and what can be done to it. */
public final class ServicesScreen extends MeshScreen {

    private final ServicesViewModel model;
    private final ServicesView view;
    private final PoliciesInForce policies;

    public ServicesScreen(Workbench bench) {
        this(bench, new ServicesViewModel(bench.commands(), bench.operator()));
    }

    private ServicesScreen(Workbench bench, ServicesViewModel model) {
        this(bench, model, new ServicesView(model, bench));
    }

    private ServicesScreen(Workbench bench, ServicesViewModel model, ServicesView view) {
        super(ScreenId.SERVICES, bench, view.page());
        this.model = model;
        this.view = view;
        policies = new PoliciesInForce(bench.commands());
        policies.byService().subscribe(byService -> view.showFaults(faults(byService)));
    }

    private static Map<String, List<String>> faults(Map<String, TrafficPolicy> byService) {
        return byService.entrySet().stream()
                .filter(entry ->
                        entry.getValue().experiments().faults().stream().anyMatch(fault -> fault.share() > 0))
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> entry.getValue().experiments().faults().stream()
                                .filter(fault -> fault.share() > 0)
                                .map(Fault::name)
                                .toList()));
    }

    @Override
    protected void update(MeshSnapshot snapshot) {
        model.update(snapshot);
        policies.update(snapshot);
        view.refresh(snapshot.at());
    }

    @Override
    protected ViewState state(MeshSnapshot snapshot) {
        return model.total() == 0
                ? new ViewState.Empty(
                        bench().texts().get("services.empty"), bench().texts().get("services.empty.why"), List.of())
                : new ViewState.Ready();
    }

    @Override
    protected void block(String why) {
        view.block(why);
    }

    @Override
    public void focusFilter() {
        view.filter().edit();
    }

    /** Selects the first instance of a service, or one instance. */
    @Override
    public void reveal(String target) {
        view.reveal(target);
    }
}
