package org.seeql.job.check;

import java.util.List;
import org.seeql.database.jdbc.Privilege;

/** The privileges that runs need. */
public final class RequiredPrivileges {
  /** On the database of SeeQL's own tables. */
  public static final List<Privilege> OF_SYSTEM =
      List.of(
          Privilege.SELECT,
          Privilege.INSERT,
          Privilege.UPDATE,
          Privilege.DELETE,
          Privilege.CREATE,
          Privilege.DROP);

  /**
   * On the database of a result that is created or replaced. RENAME TABLE needs ALTER and DROP on
   * the old name, and CREATE and INSERT on the new one.
   */
  public static final List<Privilege> OF_NEW_RESULT =
      List.of(
          Privilege.SELECT, Privilege.INSERT, Privilege.CREATE, Privilege.ALTER, Privilege.DROP);

  /** On an existing table to which a run adds rows. */
  static final List<Privilege> OF_APPENDED = List.of(Privilege.SELECT, Privilege.INSERT);

  private RequiredPrivileges() {}
}
