from datetime import datetime
from typing import Any, Dict, List, Optional

from pydantic import BaseModel, Field


class Line(BaseModel):
    sku: str
    amount: int


class Order(BaseModel):
    id: str
    user_id: str
    total: float
    lines: List[Line] = []
    attributes: Dict[str, Any] = Field(default_factory=dict)
    created_at: datetime
    note: Optional[str] = None


class Event(BaseModel):
    id: str
    kind: str
