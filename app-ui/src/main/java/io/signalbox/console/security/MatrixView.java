package io.signalbox.console.security;

import io.signalbox.console.screen.Growing;
import io.signalbox.console.screen.Workbench;
import io.signalbox.mesh.client.AuthorizationStatus;
import io.signalbox.mesh.client.AuthorizationStatus.ServiceAccess;
import io.signalbox.mesh.model.AuthorizationRule;
import io.signalbox.mesh.model.TrafficPolicy;
import io.signalbox.mesh.routing.Reach;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import javafx.geometry.HPos;
import javafx.geometry.VPos;
import javafx.scene.Group;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Who may call whom at one look: callers down, services across. Drawn anew only when it reads differently. */
final class MatrixView extends VBox {

    /** More services than that are for the list. */
    private static final int MOST = 40;

    /** Callers that are shown without being asked for more. */
    private static final int PAGE = 60;

    /** Callers that come in at once. */
    private static final int STEP = 2;

    private final Workbench bench;
    private final SecurityWords words;
    private final GridPane grid = new GridPane();
    private final Label legend = new Label();
    private final Growing growing;
    private List<List<Reach.Extent>> drawn = List.of();
    private List<String> named = List.of();
    private List<String> callers = List.of();
    private List<String> services = List.of();
    private int built;
    private @Nullable AuthorizationStatus newest;
    private boolean looking;

    MatrixView(Workbench bench) {
        this.bench = bench;
        this.words = new SecurityWords(bench.texts());
        growing = new Growing(PAGE, STEP, bench, this::grow);
        grid.getStyleClass().add("security-matrix");
        grid.setId("security-matrix");
        legend.getStyleClass().addAll("mesh-small", "mesh-muted");
        legend.setWrapText(true);
        getStyleClass().add("security-matrix-page");
        getChildren().addAll(legend, grid, growing.bar());
    }

    void show(AuthorizationStatus status) {
        newest = status;
        if (looking) {
            follow(status);
        }
    }

    /** Somebody looks at it now: nodes that nobody sees would only be styled all at once, when they are. */
    void look() {
        looking = true;
        AuthorizationStatus status = newest;
        if (status != null) {
            follow(status);
        }
    }

    void leave() {
        looking = false;
    }

    private void follow(AuthorizationStatus status) {
        List<String> services =
                status.services().stream().map(ServiceAccess::service).toList();
        if (services.size() > MOST) {
            drawn = List.of();
            draw(List.of(), List.of());
            legend.setText(
                    bench.texts().get("security.matrix.many", bench.formats().count(services.size())));
            return;
        }
        TreeSet<String> callers = new TreeSet<>(services);
        status.services().forEach(service -> service.callers().forEach(caller -> callers.add(caller.source())));
        callers.remove(TrafficPolicy.WHOLE_MESH);
        callers.remove(AuthorizationRule.UNKNOWN);
        List<String> rows = new ArrayList<>(callers);
        rows.add(AuthorizationRule.UNKNOWN);
        List<List<Reach.Extent>> extents = rows.stream()
                .map(caller -> services.stream()
                        .map(service -> status.extent(caller, service))
                        .toList())
                .toList();
        List<String> names = new ArrayList<>(services);
        names.addAll(rows);
        if (!extents.equals(drawn) || !names.equals(named)) {
            drawn = extents;
            named = names;
            draw(rows, services);
        }
    }

    private void draw(List<String> rows, List<String> columns) {
        callers = rows;
        services = columns;
        legend.setText(bench.texts().get("security.matrix.legend"));
        grid.getChildren().clear();
        for (int column = 0; column < services.size(); column++) {
            Label name = new Label(services.get(column));
            name.getStyleClass().add("mesh-small");
            name.setRotate(-90);
            Group turned = new Group(name);
            GridPane.setHalignment(turned, HPos.CENTER);
            GridPane.setValignment(turned, VPos.BOTTOM);
            grid.add(turned, column + 1, 0);
        }
        built = 0;
        growing.restart();
        grow();
    }

    private void grow() {
        for (int until = growing.of(callers.size()); built < until; built++) {
            Label name = new Label(words.caller(callers.get(built)));
            name.getStyleClass().add("mesh-small");
            grid.add(name, 0, built + 1);
            for (int column = 0; column < services.size(); column++) {
                grid.add(
                        cell(
                                callers.get(built),
                                services.get(column),
                                drawn.get(built).get(column)),
                        column + 1,
                        built + 1);
            }
        }
    }

    private Label cell(String caller, String service, Reach.Extent extent) {
        boolean itself = caller.equals(service);
        Label cell = new Label(itself ? "" : SecurityWords.sign(extent));
        cell.getStyleClass().addAll("security-cell", SecurityWords.lamp(extent).textStyle());
        if (!itself) {
            String said =
                    bench.texts().get("security.matrix.cell", words.caller(caller), service, words.extent(extent));
            cell.setTooltip(new Tooltip(said));
            cell.setAccessibleText(said);
        }
        return cell;
    }
}
