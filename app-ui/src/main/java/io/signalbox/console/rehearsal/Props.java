package io.signalbox.console.rehearsal;

import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.time.Scheduler;
import java.util.concurrent.Executor;

/**
 * What the screens of a rehearsal stand on.
 *
 * @param mesh a little of everything; nothing changes it
 * @param later runs each task on the thread that rehearses, when the screen has come to rest
 * @param scheduler forgets what it is given: nobody waits for time to pass
 */
public record Props(MeshConnection mesh, Executor later, Scheduler scheduler) {}
