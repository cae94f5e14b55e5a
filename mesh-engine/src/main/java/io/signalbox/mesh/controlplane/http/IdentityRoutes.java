package io.signalbox.mesh.controlplane.http;

import io.signalbox.mesh.client.CertificateInfo;
import io.signalbox.mesh.client.TokenScope;
import io.signalbox.mesh.controlplane.ControlPlane;
import io.signalbox.mesh.controlplane.Doorkeeper;
import io.signalbox.mesh.controlplane.Identities;
import io.signalbox.mesh.controlplane.RootRoll;
import io.signalbox.mesh.model.InvalidValueException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The certificates of services. */
final class IdentityRoutes {

    private static final long MOST = 1_000;
    private static final long SOME = 100;

    private final Doorkeeper door;
    private final ControlPlane controlPlane;

    IdentityRoutes(Doorkeeper door, ControlPlane controlPlane) {
        this.door = door;
        this.controlPlane = controlPlane;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/v1/identities", this::page),
                Route.post(Guard.JOINING, this::sign),
                Route.get(
                        "/api/v1/identities/revoked",
                        _ -> Reply.json(identities().revocations().list())),
                Route.put(
                        "/api/v1/identities/revoked/{service}",
                        call -> Reply.json(identities().revocations().revoke(call.path("service"), call.noteBody()))),
                Route.delete(
                        "/api/v1/identities/revoked/{service}",
                        call -> Reply.json(identities().revocations().restore(call.path("service"), call.note()))),
                Route.get(
                        "/api/v1/authority", _ -> Reply.json(identities().roll().info())),
                Route.post("/api/v1/authority/roll", this::roll));
    }

    private Reply page(Call call) {
        long before = call.number("before", Long.MAX_VALUE, Long.MAX_VALUE);
        int limit = (int) call.number("limit", SOME, MOST);
        InvalidValueException.unless(limit > 0, "limit", limit, "1.." + MOST);
        Optional<Identities> signed = door.identities();
        return Reply.json(signed.isPresent() ? signed.get().newestFirst(before, limit) : ofThisProcess(before, limit));
    }

    /** A mesh in one process signs nothing on request; its sidecars show what they have. */
    private List<CertificateInfo> ofThisProcess(long before, int limit) {
        return controlPlane.certificates().stream()
                .filter(certificate -> certificate.sequence() < before)
                .limit(limit)
                .toList();
    }

    private Reply roll(Call call) {
        RollBody body = call.body(RollBody.class);
        return Reply.json(identities()
                .roll()
                .begin(Objects.requireNonNullElse(body.overlap, RootRoll.OVERLAP), call.note(body.by, body.reason)));
    }

    private Reply sign(Call call) {
        Body body = call.body(Body.class);
        String csr = body.csr;
        if (csr == null) {
            throw new InvalidValueException("csr", "nothing", "PEM, -----BEGIN CERTIFICATE REQUEST-----");
        }
        String service = service(call, body.service);
        return Reply.json(identities()
                .sign(
                        call.caller(),
                        new Identities.Request(csr, service, Optional.ofNullable(body.instance)),
                        call.note(body.by, body.reason)));
    }

    /** The one that is asked for, which must be the caller's own; a sidecar need not say it. */
    private static String service(Call call, @Nullable String asked) {
        if (asked != null) {
            call.requireActsFor(asked);
            return asked;
        }
        if (call.caller().scope() instanceof TokenScope.Sidecar(String own)) {
            return own;
        }
        throw new InvalidValueException("service", "nothing", "the service that the certificate is for");
    }

    private Identities identities() {
        return door.identities()
                .orElseThrow(() -> new Refusal(Problem.of(
                        404,
                        "identities",
                        "none that are signed on request",
                        "a control plane of its own, signalbox control-plane --data DIR")));
    }

    record RollBody(
            @Nullable Duration overlap,
            @Nullable String by,
            @Nullable String reason) {}

    record Body(
            @Nullable String csr,
            @Nullable String service,
            @Nullable String instance,
            @Nullable String by,
            @Nullable String reason) {}
}
