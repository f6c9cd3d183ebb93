package org.seeql.planner.statement;

/** A statement about registered models. */
public sealed interface ModelStatement extends Statement
    permits CreateModelStatement,
        DropModelStatement,
        ShowModelsStatement,
        DescribeModelStatement,
        ShowTrainStatement {}
