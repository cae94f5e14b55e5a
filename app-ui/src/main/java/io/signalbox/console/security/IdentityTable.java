package io.signalbox.console.security;

import io.signalbox.console.screen.Columns;
import io.signalbox.console.screen.Workbench;
import io.signalbox.mesh.client.CertificateInfo;
import java.time.Duration;
import java.time.Instant;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ObservableValue;
import javafx.collections.transformation.SortedList;
import javafx.scene.control.TableView;

/** By what each service proves who it is, and for how long yet. */
final class IdentityTable extends TableView<Live<CertificateInfo>> {

    private final ReadOnlyObjectWrapper<Instant> now;

    IdentityTable(SecurityViewModel model, Workbench bench, ObservableValue<Double> em) {
        SecurityWords words = new SecurityWords(bench.texts());
        now = new ReadOnlyObjectWrapper<>(this, "now", bench.clock().instant());
        ReadOnlyObjectProperty<Instant> time = now.getReadOnlyProperty();
        SortedList<Live<CertificateInfo>> sorted = new SortedList<>(model.certificates());
        sorted.comparatorProperty().bind(comparatorProperty());
        setItems(sorted);
        setId("security-identities");
        setAccessibleText(bench.texts().get(Part.IDENTITIES.titleKey()));
        Columns<Live<CertificateInfo>> columns = new Columns<>(this, bench, em);
        columns.words(
                "security.service", 8, row -> row.value().map(CertificateInfo::service), text -> text, "mesh-semibold");
        columns.words(
                "security.instance", 9, row -> row.value().map(CertificateInfo::instance), text -> text, "mesh-mono");
        columns.words(
                "security.identity",
                16,
                row -> row.value().map(CertificateInfo::id),
                text -> text,
                "mesh-mono",
                "mesh-muted");
        columns.column(
                "security.state",
                8,
                Live::value,
                () -> new LampCell<Live<CertificateInfo>, CertificateInfo>(
                        certificate -> SecurityWords.lamp(certificate, time.get()), words::state));
        columns.words(
                "security.until",
                9,
                row -> row.value().map(CertificateInfo::notAfter),
                at -> bench.formats().dayAndClock(at),
                "mesh-mono");
        columns.figures(
                "security.left",
                6.5,
                row -> row.value()
                        .flatMap(certificate -> time.map(instant -> Duration.between(instant, certificate.notAfter()))),
                left -> left.isNegative()
                        ? bench.texts().get("security.over")
                        : bench.formats().age(left));
    }

    void tick(Instant at) {
        now.set(at);
    }
}
