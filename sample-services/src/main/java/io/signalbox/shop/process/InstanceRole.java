package io.signalbox.shop.process;

import io.signalbox.mesh.config.AccessToken;
import io.signalbox.mesh.model.Switch;
import io.signalbox.mesh.runtime.AttachmentListener;
import io.signalbox.shop.LocalCrew;
import io.signalbox.shop.fault.FaultBoard;
import io.signalbox.shop.fault.PlantedFault;
import io.signalbox.shop.fault.Saboteur;
import io.signalbox.shop.service.BackRoom;
import io.signalbox.shop.service.Range;
import io.signalbox.shop.service.Staffing;
import io.signalbox.shop.web.AppHost;
import io.signalbox.shop.web.DirectClient;
import io.signalbox.shop.web.MeshClient;
import io.signalbox.shop.web.Pause;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** One instance of the shop with its sidecar, or the bank. Faults and its power are switched by orders. */
final class InstanceRole implements Role {

    static final String FAULT = "fault";
    static final String POWER = "power";

    private final Deque<AutoCloseable> toClose = new ArrayDeque<>();
    private final String instance;
    private final FaultBoard faults;
    private final LocalCrew crew;

    InstanceRole(Task task, AttachmentListener listener, InstantSource clock) {
        instance = task.name();
        faults = new FaultBoard(clock);
        try {
            AppHost host = opened(new AppHost());
            MeshClient client = opened(new MeshClient(host.threads()));
            DirectClient backRoom =
                    opened(new DirectClient(URI.create(task.backRoom()), AccessToken.of(task.backRoomToken())));
            Pause pause = Pause.system();
            AttachedJoining joining = opened(new AttachedJoining(task, listener, clock));
            crew = opened(new LocalCrew(joining, host, client, new Saboteur(faults, pause), task.seed(), pause));
            Staffing staffing = new Staffing(
                    Range.load(), BackRoom.behind(backRoom), clock, pause, () -> !faults.isOn(PlantedFault.LOST_CARTS));
            List<Staffing.Post> posts = staffing.posts().stream()
                    .filter(post -> post.instance().equals(instance))
                    .toList();
            if (posts.isEmpty()) {
                crew.openBank(clock.instant());
            } else {
                crew.open(posts);
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    @Override
    public Map<String, String> places() {
        return Map.of();
    }

    @Override
    public void obey(List<String> order) {
        Switch position = Switch.valueOf(order.getLast());
        switch (order.getFirst()) {
            case FAULT -> faults.switchTo(FaultBoard.named(order.get(1)), position, "");
            case POWER -> crew.switchTo(instance, position);
            default -> throw new IllegalArgumentException(order.getFirst() + " (expected: fault | power)");
        }
    }

    @Override
    public void close() {
        Closing.all(toClose);
    }

    private <T extends AutoCloseable> T opened(T part) {
        toClose.addLast(part);
        return part;
    }
}
