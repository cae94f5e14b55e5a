package io.signalbox.mesh.controlplane.http;

import io.signalbox.mesh.client.attach.Acknowledgement;
import io.signalbox.mesh.client.attach.ChangeForm;
import io.signalbox.mesh.client.attach.CircuitAnswer;
import io.signalbox.mesh.controlplane.AttachedSidecar;
import io.signalbox.mesh.controlplane.AttachedSidecars;
import io.signalbox.mesh.controlplane.SidecarDetails;
import io.signalbox.mesh.controlplane.SidecarTelemetry;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.model.Names;
import io.signalbox.mesh.model.status.ServiceKind;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What sidecars in other processes are told, and what they tell. */
final class SidecarRoutes {

    private static final Duration LOOK = Duration.ofSeconds(1);

    /** Looks without news after which a comment is written; whoever is gone is noticed by the one after that. */
    private static final int SILENT_LOOKS = 2;

    private final Surroundings surroundings;
    private final AttachedSidecars attached;

    SidecarRoutes(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.attached = surroundings.controlPlane().attached();
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/v1/sidecars", _ -> Reply.json(attached.list())),
                Route.get("/api/v1/sidecars/config", this::follow),
                Route.post("/api/v1/sidecars/acknowledge", this::acknowledge),
                Route.post("/api/v1/sidecars/telemetry", this::telemetry),
                Route.post("/api/v1/sidecars/details", this::details),
                Route.post("/api/v1/sidecars/answers", this::answer));
    }

    private Reply follow(Call call) {
        String service = Names.service("service", call.query("service").orElse(""));
        call.requireActsFor(service);
        String instance = Names.instance("instance", call.query("instance").orElse(""));
        attached.requireRoom(service, instance);
        if (surroundings.controlPlane().sendsAway()) {
            surroundings.controlPlane().requireHeard();
        }
        ServiceKind kind = kind(call.query("kind").orElse("service"));
        ChangeForm changes = call.query("changes").map(ChangeForm::parse).orElse(ChangeForm.SERVICES);
        return new Reply.Streamed(
                "text/event-stream", out -> write(out, attached.open(service, instance, kind, changes)));
    }

    private static ServiceKind kind(String word) {
        InvalidValueException.unless(word.equals("service") || word.equals("client"), "kind", word, "service | client");
        return ServiceKind.valueOf(word.toUpperCase(Locale.ROOT));
    }

    private void write(OutputStream out, AttachedSidecar sidecar) throws IOException, InterruptedException {
        try {
            int silent = 0;
            while (surroundings.serving().getAsBoolean()
                    && !sidecar.ended()
                    && !surroundings.controlPlane().sendsAway()) {
                Optional<AttachedSidecar.Sending> next = sidecar.next(LOOK);
                if (next.isPresent()) {
                    silent = 0;
                    write(out, next.get());
                } else if (++silent % SILENT_LOOKS == 0) {
                    write(out, ":\n\n");
                    out.flush();
                }
            }
        } finally {
            attached.close(sidecar);
        }
    }

    private Reply acknowledge(Call call) {
        Acknowledgement said = call.wholeForeignBody(Acknowledgement.class);
        call.requireActsFor(said.service());
        attached.acknowledge(said);
        return Reply.nothing();
    }

    private Reply telemetry(Call call) {
        SidecarTelemetry told = call.wholeForeignBody(SidecarTelemetry.class);
        call.requireActsFor(told.service());
        attached.telemetry(told);
        return Reply.nothing();
    }

    private Reply details(Call call) {
        SidecarDetails told = call.foreignBody(SidecarDetails.class);
        call.requireActsFor(told.service());
        attached.details(told);
        return Reply.nothing();
    }

    private Reply answer(Call call) {
        CircuitAnswer answer = call.foreignBody(CircuitAnswer.class);
        call.requireActsFor(answer.service());
        attached.answered(answer);
        return Reply.nothing();
    }

    private static void write(OutputStream out, AttachedSidecar.Sending next) throws IOException {
        write(out, "event: " + next.event() + "\nid: " + next.revision() + "\ndata: ");
        out.write(next.data());
        write(out, "\n\n");
        out.flush();
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
